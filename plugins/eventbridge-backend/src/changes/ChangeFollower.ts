import type { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import type { HistoryEntry } from '@busline/plugin-eventbridge-common';
import type { Announcer } from './Announcer';
import type { ChangeRecord } from './changeRecord';
import type { ChangeStore } from './ChangeStore';
import type { Deployer } from './Deployer';
import type { LiveObserver } from './LiveObserver';
import { stateOf } from './progress';
import { askForge, type NewsOptions } from './pullRequestNews';
import type { PullRequestOpener } from './PullRequestOpener';
import { askedToWaitMs, mayPass, reasonOf } from './troubles';
import { turnOfChange, type WorkTurns } from './WorkTurns';

export interface ChangeFollowerOptions extends NewsOptions {
  readonly turns: WorkTurns;
  readonly store: ChangeStore;
  readonly opener: PullRequestOpener;
  /** Absent where deployment is somebody else's, such as GitHub Actions: then AWS tells when it is done. */
  readonly deployer?: Deployer;
  readonly observer: LiveObserver;
  readonly announcer: Announcer;
  readonly auditor: AuditorService;
  readonly logger: LoggerService;
}

/** Change requests on which steps are taken at once: one long deployment does not keep the others waiting. */
const AT_ONCE = 8;

/**
 * Follows change requests from their pull requests to the first event: opens what whoever sent the form did not live to
 * open, asks the forge, has main deployed once everything is merged, and looks on AWS whether declared is observed. Each
 * step is safe to repeat, each is written down before the next one, and one replica at a time takes steps on one change request.
 */
export class ChangeFollower {
  readonly #options: ChangeFollowerOptions;
  readonly #stopped = new AbortController();
  readonly #behind = new Set<Promise<void>>();

  constructor(options: ChangeFollowerOptions) {
    this.#options = options;
  }

  /** Takes whatever steps are due. What fails is told on its page and tried again later; it never stops the others. */
  async followAll(signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#stopped.signal]);
    const ids = [...(await this.#options.store.due())];
    const worker = async () => {
      for (let id = ids.shift(); id !== undefined && !either.aborted; id = ids.shift())
        await this.tryFollow(id, either);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  /** Takes the steps that can be taken, unless somebody is at it already. Never throws. */
  async tryFollow(id: string, signal: AbortSignal = this.#stopped.signal): Promise<void> {
    const { turns, store, logger } = this.#options;
    try {
      await turns.try(turnOfChange(id), async () => {
        try {
          await this.#steps(id, signal);
        } catch (error) {
          if (signal.aborted) return;
          logger.warn(`Change request ${id} could not be followed; it is tried again`, error as Error);
          await store.postpone(id, reasonOf(error), askedToWaitMs(error));
        }
      });
    } catch (error) {
      logger.error(`Change request ${id} could not be followed, nor could that be written down`, error as Error);
    }
  }

  /** Asks the forge, and gives where it stands. What takes longer (deploying, looking on AWS) goes on behind. */
  async follow(id: string, signal: AbortSignal = this.#stopped.signal): Promise<ChangeRecord> {
    const record = await this.alone(id, async () => this.#ask(await this.#options.store.get(id), signal), signal);
    this.#goOn(id);
    return record;
  }

  /** Does something with a change request while nobody else does. Throws `ConflictError` when it takes too long. */
  async alone<T>(id: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#options.turns.alone(turnOfChange(id), work, signal);
  }

  /** Gives up what goes on behind, and waits for its end. Another process goes on from there. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#behind);
  }

  #goOn(id: string): void {
    const work = this.tryFollow(id).finally(() => this.#behind.delete(work));
    this.#behind.add(work);
  }

  async #steps(id: string, signal: AbortSignal): Promise<void> {
    let record = await this.#announced(await this.#options.store.get(id));
    if (record.liveAt !== undefined || record.closedAt !== undefined) return;
    const isMissing = record.pullRequests.some(pull => pull.state === 'missing') || record.superseded.length > 0;
    if (isMissing && record.failure === undefined) record = await this.#open(record, signal);
    record = await this.#ask(record, signal);
    if (record.failure !== undefined || record.closedAt !== undefined) return;
    const isMergedSomewhere = record.pullRequests.some(pull => pull.state === 'merged');
    if (isMergedSomewhere && record.openedAt !== undefined && record.deployedAt === undefined) {
      record = await this.#deploy(record, signal);
    }
    if (record.deployedAt !== undefined && record.failure === undefined) await this.#look(record, signal);
  }

  async #open(record: ChangeRecord, signal: AbortSignal): Promise<ChangeRecord> {
    const { opener, store, now } = this.#options;
    try {
      return await opener.openAll(record, { signal });
    } catch (error) {
      if (mayPass(error)) throw error;
      const failure = reasonOf(error);
      const at = now();
      return this.#saved({ ...(await store.get(record.id)), failure }, [
        { at, text: `the pull requests could not be opened: ${failure}` },
      ]);
    }
  }

  async #ask(record: ChangeRecord, signal: AbortSignal): Promise<ChangeRecord> {
    const { record: next, happened } = await askForge(record, this.#options, signal);
    const saved = await this.#saved({ ...next, trouble: undefined }, happened);
    const wasMerged = (index: number) => record.pullRequests[index]?.state === 'merged';
    for (const [index, { repository, state }] of next.pullRequests.entries()) {
      if (state === 'merged' && !wasMerged(index)) await this.#options.store.lookAgain(repository);
    }
    return saved;
  }

  async #deploy(record: ChangeRecord, signal: AbortSignal): Promise<ChangeRecord> {
    const { deployer, now } = this.#options;
    if (!deployer) return record.mergedAt === undefined ? record : this.#saved({ ...record, deployedAt: now() });
    try {
      const deployed = await this.#deployWith(deployer, record, signal);
      if (deployed.deployedAt !== undefined) await this.#auditDeployment(record);
      return deployed;
    } catch (error) {
      if (signal.aborted || mayPass(error)) throw error;
      await this.#auditDeployment(record, error as Error);
      const failure = reasonOf(error);
      const latest = await this.#options.store.get(record.id);
      return this.#saved({ ...latest, failure }, [{ at: now(), text: `could not deploy: ${failure}` }]);
    }
  }

  /** Once it has ended: waiting for another pull request is nothing that was done. */
  async #auditDeployment({ id }: ChangeRecord, error?: Error): Promise<void> {
    const event = await this.#options.auditor.createEvent({
      eventId: 'change-request-deploy',
      severityLevel: 'medium',
      meta: { changeRequest: id },
    });
    if (error) await event.fail({ error });
    else await event.success();
  }

  async #deployWith(deployer: Deployer, record: ChangeRecord, signal: AbortSignal): Promise<ChangeRecord> {
    const { store, now } = this.#options;
    const result = await deployer.deploy(record, {
      signal,
      onProgress: stacks => store.save({ ...record, stacks }),
    });
    const next: ChangeRecord = { ...record, stacks: result.stacks };
    if (result.kind === 'waiting' || record.mergedAt === undefined) return this.#saved(next);
    const deployedAt = now();
    const text =
      result.stacks.length === 0 ? 'had nothing to deploy' : `deployed ${stackCount(result.stacks.length)} from main`;
    return this.#saved({ ...next, deployedAt }, [{ at: deployedAt, text }]);
  }

  async #look(record: ChangeRecord, signal: AbortSignal): Promise<ChangeRecord> {
    const live = await this.#options.observer.look(record, signal);
    const isLive = live.length > 0 && live.every(check => check.state === 'seen');
    if (!isLive) return this.#saved({ ...record, live });
    const liveAt = this.#options.now();
    return this.#saved({ ...record, live, liveAt }, [{ at: liveAt, text: 'saw all of it on AWS: it is live' }]);
  }

  async #saved(record: ChangeRecord, happened: readonly HistoryEntry[] = []): Promise<ChangeRecord> {
    await this.#options.store.save(record, happened);
    return this.#announced(record);
  }

  /** Tells people of a state once, and again where that was cut off. */
  async #announced(record: ChangeRecord): Promise<ChangeRecord> {
    const state = stateOf(record);
    if (record.announced === state) return record;
    const { announcer, store } = this.#options;
    if (record.announced === 'opening' && record.openedAt !== undefined) await announcer.opened(record);
    await announcer.reached(record);
    const next: ChangeRecord = { ...record, announced: state };
    await store.save(next);
    return next;
  }
}

function stackCount(count: number): string {
  return count === 1 ? 'one stack' : `${count} stacks`;
}
