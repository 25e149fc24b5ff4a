import {
  dayOf,
  endedExceptions,
  eventTypeId,
  type EvolutionProblem,
  judgeEventType,
  type JudgedStep,
  judgeStep,
  type JudgeOptions,
  problemsOfStep,
  subscriberProblems,
  subscribersHit,
  type SubscriberImpact,
  versionBefore,
  readEventRepository,
  type EventRepository,
  type EventType,
  type Problem,
  type RepositoryFiles,
  type SchemaVersion,
  type StepOutcome,
} from '@busline/event-repository';
import { repositoryAt } from '../git';
import type { HashedFiles } from './hashedFiles';

/** What came of comparing event types with a git ref. */
export interface Evolution {
  readonly against: string;
  /** Event types of which a file differs. */
  readonly changed: number;
  /** Pairs of versions that were compared, by what came of them. */
  readonly steps: Readonly<Record<StepOutcome, number>>;
  readonly problems: readonly (Problem | EvolutionProblem)[];
  /** Subscribers that are hit, or must look. */
  readonly subscribers: readonly SubscriberImpact[];
  /** Whether subscribers were too many to look at all of them. */
  readonly subscribersCut: boolean;
  /** Whether a version is not as in the ref, or new. */
  readonly isNew: (eventType: EventType, version: string) => boolean;
}

export interface AgainstInput {
  readonly folder: string;
  readonly ref: string;
  /** Blob ids of the ref's files, by path. */
  readonly released: ReadonlyMap<string, string>;
  readonly files: HashedFiles;
  readonly repository: EventRepository;
  readonly now: Date;
  readonly compare?: JudgeOptions['compare'];
}

/** Subscriptions that are looked at: each may cost some milliseconds, and a person reads no more. */
const MAX_SUBSCRIPTIONS = 2_000;

/** Compares the event types that differ from a git ref: each new version with those that the organisation's rules name. */
export function checkAgainst(input: AgainstInput): Evolution {
  const { folder, ref, released, files, repository, compare } = input;
  const folders = changedFolders(released, files);
  const before = repositoryAt(folder, released, path => isOfChanged(path, folders));
  const old = new Map(readEventRepository(before).repository.eventTypes.map(each => [eventTypeId(each), each]));
  const today = dayOf(input.now);
  const steps = { kept: 0, broken: 0, excused: 0, undecided: 0, free: 0 };
  const problems: (Problem | EvolutionProblem)[] = [...endedExceptions(repository, today, files.read)];
  const texts = { now: (path: string) => files.read(path), before: (path: string) => before.read(path) };
  const subscribers: SubscriberImpact[] = [];
  let subscribersCut = false;
  let looked = 0;
  const isNew = (eventType: EventType, version: string) =>
    isDifferent(eventType.versions.find(each => each.version === version)?.file ?? '', released, files);
  const changed = repository.eventTypes.filter(({ place }) => folders.has(folderOf(place.file)!));
  for (const eventType of changed) {
    const options = { today, ...(compare && { compare }) };
    const judged = new Map<SchemaVersion, JudgedStep>();
    for (const step of judgeEventType(repository, eventType, old.get(eventTypeId(eventType)), options)) {
      steps[step.outcome] += 1;
      problems.push(...problemsOfStep(repository, eventType, step, texts));
      if (step.old.version === versionBefore(eventType, step.next)?.version) judged.set(step.next, step);
    }
    for (const next of eventType.versions.filter(({ version }) => isNew(eventType, version))) {
      const earlier = versionBefore(eventType, next);
      if (!earlier) continue;
      if (looked >= MAX_SUBSCRIPTIONS) {
        subscribersCut = true;
        break;
      }
      const step = judged.get(next) ?? judgeStep(repository, eventType, { old: earlier, next }, options);
      const impacts = subscribersHit(repository, eventType, step);
      looked += impacts.length;
      subscribers.push(...impacts.filter(({ verdict }) => verdict !== 'unaffected'));
      problems.push(...subscriberProblems(impacts, next, files.read));
    }
  }
  return {
    against: ref,
    changed: changed.length,
    steps,
    problems,
    subscribers,
    subscribersCut,
    isNew,
  };
}

/** `events/<source>/<slug>` of a file below it. */
function folderOf(path: string): string | undefined {
  return /^events\/[^/]+\/[^/]+/.exec(path)?.[0];
}

/** Examples say nothing of how a schema evolves. */
const isOfChanged = (path: string, folders: ReadonlySet<string>) =>
  folders.has(folderOf(path) ?? '') && !path.includes('/examples/');

const isDifferent = (path: string, released: ReadonlyMap<string, string>, files: HashedFiles) =>
  released.get(path) !== files.contentHash(path);

/** Folders of event types in which event.yaml or a schema differs from the ref, or comes, or goes. */
function changedFolders(
  released: ReadonlyMap<string, string>,
  files: RepositoryFiles & HashedFiles,
): ReadonlySet<string> {
  const folders = new Set<string>();
  const paths = files.paths();
  const here = new Set(paths);
  for (const path of [...paths, ...[...released.keys()].filter(each => !here.has(each))]) {
    if (!path.endsWith('/event.yaml') && !path.endsWith('/schema.json')) continue;
    const folder = folderOf(path);
    if (folder === undefined || folders.has(folder)) continue;
    if (!here.has(path) || isDifferent(path, released, files)) folders.add(folder);
  }
  return folders;
}
