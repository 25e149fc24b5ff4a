import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathEscape, readEventRepository } from '@busline/event-repository';
import { generatedStacks, SERVICE_STACKS_FOLDER, STACKS_FOLDER, stackChanges } from '@busline/infrastructure';
import { filesIn } from '../diskFiles';
import { UsageError } from '../errors';
import { count, type Output } from '../output';
import { serviceCheckouts } from '../serviceRepositories';

export interface GenerateOptions {
  /** Checkouts of services' repositories, or folders that hold them. */
  readonly serviceRepositories?: readonly string[];
  /** Writes nothing; exit status 1 where something would be written. */
  readonly check?: boolean;
}

/**
 * `busline generate`: writes the CloudFormation templates that the declarations ask for. What a person wrote is left alone.
 * @returns 1 where something is out of date (with `check`) or in the way, else 0
 * @throws UsageError where the event repository cannot be read
 */
export function generate(folder: string, options: GenerateOptions, output: Output): number {
  const files = filesIn(folder);
  const { repository, problems } = readEventRepository(files);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) throw new UsageError(`${folder} has ${count(errors, 'error')}; busline check ${folder} tells them`);
  const all = repository.environments.flatMap(({ name }) =>
    generatedStacks(repository, name, { onProblem: ({ place, message }) => output.note(`${place.file}: ${message}`) }),
  );
  const places = [
    { folder, stacks: STACKS_FOLDER, wanted: all.filter(file => file.repository === 'events') },
    ...serviceCheckouts(repository, options.serviceRepositories ?? []).map(checkout => ({
      folder: checkout.folder,
      stacks: SERVICE_STACKS_FOLDER,
      wanted: all.filter(file => file.service !== undefined && checkout.services.includes(file.service)),
    })),
  ];
  let changed = 0;
  let blocked = 0;
  for (const place of places) {
    const changes = stackChanges(place.wanted, filesIn(place.folder), place.stacks);
    const say = (what: string, path: string) => output.out(`${what} ${join(place.folder, path)}`);
    const will = options.check ? 'would be' : 'was';
    for (const { path, text, isNew } of changes.write) {
      const escape = pathEscape(path);
      if (escape) throw new UsageError(`Cannot write ${JSON.stringify(path)}: it ${escape}`);
      if (!options.check) writeFile(join(place.folder, path), text);
      say(`${will} ${isNew ? 'written' : 'updated'}:`, path);
    }
    for (const path of changes.remove) {
      if (!options.check) rmSync(join(place.folder, path));
      say(`${will} removed:`, path);
    }
    for (const path of changes.blocked) say('was not generated, and is left alone:', path);
    changed += changes.write.length + changes.remove.length;
    blocked += changes.blocked.length;
  }
  const upToDate = places.reduce((sum, { wanted }) => sum + wanted.length, 0);
  output.out(
    `${count(upToDate, 'stack')}: ${changed} out of date${
      options.check ? '' : ' and now written'
    }, ${blocked} in the way`,
  );
  return blocked > 0 || (options.check && changed > 0) ? 1 : 0;
}

function writeFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
