/** Type of the documents that the search module puts into Backstage's search. */
export const SEARCH_DOCUMENT_TYPE = 'eventbridge';

/** One event type in Backstage's search; `title` is its detail-type and `location` its page. */
export interface EventTypeSearchDocument {
  readonly title: string;
  /** Meaning and schema fields, for the full-text search. */
  readonly text: string;
  readonly location: string;
  readonly source: string;
  readonly detailType: string;
  /** First sentence of the description. */
  readonly summary: string;
  readonly owner: string;
  readonly lifecycle: string;
  readonly version?: string;
}
