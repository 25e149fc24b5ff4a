import { detectDraft } from '@busline/json-schema';
import { keysBelowDetail } from '../envelope';
import { inlineSchema } from '../inlineSchema';
import { commentText, scriptText, typescriptLiteral } from '../literals';
import type { NamedEventType, NamedVersion } from './clientNames';
import { typescriptTypes } from './typescriptTypes';

/** The module of one event type: its types, and for each version what publishing and reading need to know. */
export function eventModule(named: NamedEventType, mark: string): string {
  const { eventType, versions } = named;
  const deprecated = eventType.deprecated === undefined ? '' : ` @deprecated ${commentText(eventType.deprecated)}`;
  return `// ${mark}
import type { EventVersion } from '../runtime/eventVersion.ts';

${versions.map(version => versionPart(named, version, deprecated)).join('\n')}`;
}

function versionPart(named: NamedEventType, version: NamedVersion, deprecated: string): string {
  const { eventType } = named;
  const schema = inlineSchema(version.version.schema, '#');
  const types = typescriptTypes(schema, version.typeName);
  const path = (of: string | undefined) => {
    const keys = keysBelowDetail(of);
    return keys === undefined ? 'undefined' : `[${keys.map(scriptText).join(', ')}]`;
  };
  return `${types}
/** ${commentText(eventType.title)}, version ${commentText(version.version.version)}.${deprecated} */
export const ${version.valueName}: EventVersion<${version.typeName}> = {
  source: ${scriptText(eventType.source)},
  detailType: ${scriptText(eventType.detailType)},
  version: ${scriptText(version.version.version)},
  metadataPath: ${path(eventType.eventPaths.metadata)},
  dataPath: ${path(eventType.eventPaths.data)},
  draft: ${scriptText(draftOf(version))},
  schema: ${typescriptLiteral(schema, '  ')},
};
`;
}

/** The dialect in which the schema stands here; what draft 4 says otherwise is written as draft 7 says it. */
function draftOf({ version }: NamedVersion): string {
  const draft = detectDraft(version.schema);
  return draft === 'draft-04' || draft === 'draft-06' ? 'draft-07' : draft;
}
