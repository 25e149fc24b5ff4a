/**
 * What interop does on machines that have no Python: each row is a machine, and what it must lead to. Exit status 1 when one
 * does not.
 */
import assert from 'node:assert/strict';
import { needPython, type Machine } from './lib/python';

interface Case {
  readonly machine: string;
  /** Commands that work, by how they begin; `after` works once apt-get has installed. */
  readonly works: readonly string[];
  readonly after?: readonly string[];
  readonly isRoot: boolean;
  readonly error?: RegExp;
  readonly ran: readonly string[];
}

const PIP = 'python3 -m pip';
const APT = 'apt-get --version';
const UPDATE = 'apt-get update';
const INSTALL = 'apt-get install -y --no-install-recommends python3 python3-pip';

const CASES: readonly Case[] = [
  { machine: 'has pip', works: [PIP], isRoot: false, ran: [] },
  { machine: 'Debian as root', works: [APT, UPDATE, INSTALL], after: [PIP], isRoot: true, ran: [UPDATE, INSTALL] },
  {
    machine: 'Debian as somebody',
    works: [APT],
    isRoot: false,
    error: /as root.*apt-get install -y python3 python3-pip/,
    ran: [],
  },
  { machine: 'no Debian', works: [], isRoot: true, error: /no apt-get.*install Python 3/, ran: [] },
  {
    machine: 'without a network',
    works: [APT],
    isRoot: true,
    error: /apt-get update failed; install python3 and python3-pip/,
    ran: [UPDATE],
  },
  {
    machine: 'without the package',
    works: [APT, UPDATE],
    isRoot: true,
    error: /apt-get install .* failed/,
    ran: [UPDATE, INSTALL],
  },
  {
    machine: 'with a broken pip',
    works: [APT, UPDATE, INSTALL],
    isRoot: true,
    error: /does not work although/,
    ran: [UPDATE, INSTALL],
  },
];

for (const { machine, works, after = [], isRoot, error, ran } of CASES) {
  const commands: string[] = [];
  const run: Machine['run'] = (command, args) => {
    const line = [command, ...args].join(' ');
    if (!line.endsWith('--version')) commands.push(line);
    const isThere = [...works, ...(commands.includes(INSTALL) ? after : [])].some(start => line.startsWith(start));
    return { status: isThere ? 0 : 127, text: '' };
  };
  const attempt = () => needPython({ run, isRoot, say: () => undefined });
  if (error) assert.throws(attempt, error, machine);
  else assert.doesNotThrow(attempt, machine);
  assert.deepEqual(commands, ran, machine);
}
process.stdout.write(`${CASES.length} machines without and with Python\n`);
