import { createDeferred } from '@backstage/types';
import { Claims } from '../database/Claims';
import { closeDatabases, DATABASES, openEmptyPostgres, openTestDatabase } from '../testing/databases';
import { ReadTurns } from './ReadTurns';

afterAll(closeDatabases);

const ID = 'key';
const never = new AbortController().signal;

/** Reads that end when the test says so, and how many run at once. */
function reads() {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  let atOnce = 0;
  let mostAtOnce = 0;
  const read = (name: string) => async () => {
    started.push(name);
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    const end = createDeferred<void>();
    ends.set(name, end.resolve);
    await end;
    atOnce -= 1;
  };
  const hasStarted = async (name: string) => {
    while (!started.includes(name)) await new Promise(resolve => setTimeout(resolve, 5));
  };
  return { read, started, hasStarted, end: (name: string) => ends.get(name)!(), mostAtOnce: () => mostAtOnce };
}

describe.each(DATABASES)('turns of one replica on %s', kind => {
  it('a read on schedule joins one that runs', async () => {
    const turns = new ReadTurns(new Claims(await openTestDatabase(kind)));
    const { read, started, hasStarted, end } = reads();
    const first = turns.join(ID, read('first'));
    const second = turns.join(ID, read('second'));
    await hasStarted('first');
    end('first');
    await Promise.all([first, second]);
    expect(started).toEqual(['first']);
  });

  it('a read that was asked for follows one that runs, once for all who ask meanwhile', async () => {
    const turns = new ReadTurns(new Claims(await openTestDatabase(kind)));
    const { read, started, hasStarted, end, mostAtOnce } = reads();
    const first = turns.join(ID, read('first'));
    await hasStarted('first');
    const asked = turns.after(ID, never, read('asked'));
    const askedAgain = turns.after(ID, never, read('asked again'));
    end('first');
    await hasStarted('asked');
    const late = turns.after(ID, never, read('late'));
    end('asked');
    await Promise.all([first, asked, askedAgain]);
    await hasStarted('late');
    end('late');
    await late;
    expect(started).toEqual(['first', 'asked', 'late']);
    expect(mostAtOnce()).toBe(1);
  });

  it('a read that throws leaves the turn to the next one', async () => {
    const turns = new ReadTurns(new Claims(await openTestDatabase(kind)));
    const failing = async () => {
      throw new Error('The forge is down');
    };
    const failed = turns.join(ID, failing);
    const { read, hasStarted, end } = reads();
    const asked = turns.after(ID, never, read('asked'));
    await expect(failed).rejects.toThrow('The forge is down');
    await hasStarted('asked');
    end('asked');
    await asked;
  });

  it('sources do not wait for each other', async () => {
    const turns = new ReadTurns(new Claims(await openTestDatabase(kind)));
    const { read, hasStarted, end, mostAtOnce } = reads();
    const both = [turns.join(ID, read('one')), turns.after('other', never, read('two'))];
    await Promise.all([hasStarted('one'), hasStarted('two')]);
    end('one');
    end('two');
    await Promise.all(both);
    expect(mostAtOnce()).toBe(2);
  });
});

describe('turns of two replicas on one Postgres', () => {
  it('a read on schedule leaves the source to the other replica; one that was asked for comes behind it', async () => {
    const [here, there] = (await openEmptyPostgres(2)).map(knex => new ReadTurns(new Claims(knex)));
    const { read, started, hasStarted, end, mostAtOnce } = reads();
    const running = there!.join(ID, read('there'));
    await hasStarted('there');
    await here!.join(ID, read('scheduled here'));
    const asked = here!.after(ID, never, read('asked here'));
    end('there');
    await running;
    await hasStarted('asked here');
    end('asked here');
    await asked;
    expect(started).toEqual(['there', 'asked here']);
    expect(mostAtOnce()).toBe(1);
  });

  it('what was asked for is given up when its time is over', async () => {
    const [here, there] = (await openEmptyPostgres(2)).map(knex => new ReadTurns(new Claims(knex)));
    const { read, started, hasStarted, end } = reads();
    const running = there!.join(ID, read('there'));
    await hasStarted('there');
    const stopped = new AbortController();
    const asked = here!.after(ID, stopped.signal, read('asked here'));
    stopped.abort();
    await expect(asked).rejects.toThrow('aborted');
    end('there');
    await running;
    expect(started).toEqual(['there']);
  });

  it('a replica that dies lets go', async () => {
    const [one, other] = await openEmptyPostgres(2);
    const claims = new Claims(one!);
    const held = await claims.take(ID);
    expect(held).toBeDefined();
    expect(await new Claims(other!).take(ID)).toBeUndefined();
    await other!.raw('SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = ? AND pid <> pg_backend_pid()', [
      'advisory',
    ]);
    let release: (() => Promise<void>) | undefined;
    while (!release) release = await new Claims(other!).take(ID);
    await release();
    await held!();
  });
});
