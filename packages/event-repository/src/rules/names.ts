import { boundedTester } from '@busline/json-schema';
import { prerelease, valid } from 'semver';
import { isObject } from '../declarations/values';
import { BUSLINE_FILE, eventFile } from '../layout';
import { disguise, pathEscape, skeleton, slugOf, sourceFolderOf } from '../names';
import type { Pointer } from '../text/position';
import type { FileSubject, Report, Rule } from './rule';

/** What is used as the name of a file or a folder. */
const PLAIN_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/;

/** The names that a file declares in its content. */
function declaredNames({ at, raw }: FileSubject): readonly (readonly [Pointer, string])[] {
  if (!raw) return [];
  const names: (readonly [Pointer, string])[] = [];
  const add = (pointer: Pointer, value: unknown) => {
    if (typeof value === 'string') names.push([pointer, value]);
  };
  if (at.kind === 'event') {
    add(['source'], raw.source);
    add(['detailType'], raw.detailType);
  }
  if (at.kind === 'service' && Array.isArray(raw.publishes)) {
    raw.publishes.forEach((publication, index) => {
      if (!isObject(publication)) return;
      add(['publishes', index, 'source'], publication.source);
      add(['publishes', index, 'detailType'], publication.detailType);
    });
  }
  return names;
}

function checkPath({ path, at }: FileSubject, report: Report): void {
  const escape = pathEscape(path);
  if (escape) {
    report({ message: `the path ${JSON.stringify(path)} ${escape}` });
    return;
  }
  const declares = at.kind !== 'other' && at.kind !== 'stray';
  for (const part of path.split('/')) {
    const segment = part.replace(/\.(ya?ml|json)$/, '');
    const reason =
      disguise(segment) ??
      (declares && !PLAIN_NAME.test(segment)
        ? 'may hold only letters, digits, ".", "_" and "-", and must not begin with "."'
        : undefined);
    if (reason) report({ message: `the name ${JSON.stringify(segment)} ${reason}` });
  }
}

const versionsOf = (file: FileSubject) =>
  file.at.kind === 'event' && isObject(file.raw?.versions) ? Object.keys(file.raw.versions) : [];

export const nameRules: readonly Rule[] = [
  {
    id: 'unsafe-name',
    purpose:
      'A name that leaves its folder, or looks like another one through invisible or look-alike characters, deceives people and tools.',
    severity: 'error',
    category: 'names',
    checkFile(file, report) {
      checkPath(file, report);
      for (const [pointer, name] of declaredNames(file)) {
        const reason = disguise(name);
        if (reason)
          report({
            pointer,
            message: `the name ${JSON.stringify(name)} ${reason}`,
          });
      }
    },
  },
  {
    id: 'look-alike',
    purpose: 'Two names that look the same but are not will be taken for each other.',
    severity: 'error',
    category: 'names',
    checkRepository({ repository }, report) {
      const seen = new Map<string, { id: string; file: string }>();
      for (const { source, detailType, place } of repository.eventTypes) {
        const id = `${source} / ${detailType}`;
        const looks = skeleton(id);
        const other = seen.get(looks);
        if (!other) seen.set(looks, { id, file: place.file });
        else if (other.id !== id) {
          report(place.file, {
            pointer: ['source'],
            message: `${JSON.stringify(id)} can be taken for ${JSON.stringify(other.id)} in ${other.file}`,
          });
        }
      }
    },
  },
  {
    id: 'naming-rule',
    purpose: 'Names follow the rules that busline.yaml gives under `naming`.',
    severity: 'error',
    category: 'names',
    checkRepository({ repository, settings }, report) {
      const rules = {
        source: wholeMatch(settings.naming.source),
        detailType: wholeMatch(settings.naming.detailType),
        service: wholeMatch(settings.naming.service),
        // Names of fields are looked at by the lint rule `field-name-style`.
        field: wholeMatch(settings.naming.field),
      };
      for (const key of ['source', 'detailType', 'service', 'field'] as const) {
        if (rules[key] === 'unbounded') {
          report(BUSLINE_FILE, {
            pointer: ['naming', key],
            message: `${settings.naming[key]} may need longer than anyone waits: write it without look-around and back references, or without a repetition inside a repetition`,
          });
        }
      }
      for (const type of repository.eventTypes) {
        for (const key of ['source', 'detailType'] as const) {
          if (!follows(rules[key], type[key])) {
            report(type.place.file, {
              pointer: [key],
              message: `${key} ${JSON.stringify(type[key])} does not match ${
                settings.naming[key]
              }, the rule of busline.yaml`,
            });
          }
        }
      }
      for (const { name, place } of repository.services) {
        if (!follows(rules.service, name)) {
          report(place.file, {
            message: `service ${JSON.stringify(name)} does not match ${
              settings.naming.service
            }, the rule of busline.yaml`,
          });
        }
      }
    },
  },
  {
    id: 'event-folder',
    purpose: 'The folder of an event type is named after its source and detail-type, so that people and tools find it.',
    severity: 'error',
    category: 'names',
    checkFile({ at, raw, path }, report) {
      if (at.kind !== 'event' || !raw) return;
      const { source, detailType } = raw;
      if (typeof source !== 'string' || typeof detailType !== 'string') return;
      const slug = slugOf(detailType);
      const [sourceFolder, slugFolder] = at.folder.split('/');
      // A suffix tells apart detail-types with one slug.
      const named = slugFolder === slug || slugFolder.startsWith(`${slug}-`);
      if (sourceFolder === sourceFolderOf(source) && named) return;
      const right = sourceFolder === sourceFolderOf(source) ? 'detailType' : 'source';
      report({
        pointer: [right],
        message: `${source} / ${detailType} belongs into ${eventFile(
          `${sourceFolderOf(source)}/${slug}`,
        )}, not ${path}`,
      });
    },
  },
  {
    id: 'version-not-semver',
    purpose: 'A schema version is a semantic version such as 2.1.0, without a leading v and without build metadata.',
    severity: 'error',
    category: 'names',
    checkFile(file, report) {
      const { at } = file;
      if ((at.kind === 'schema' || at.kind === 'example') && !isVersion(at.version)) {
        report({ message: versionMessage(at.version) });
      }
      for (const version of versionsOf(file)) {
        if (!isVersion(version)) {
          report({
            pointer: ['versions', version],
            at: 'key',
            message: versionMessage(version),
          });
        }
      }
    },
  },
];

/** Whether a folder's name is a schema version. */
export function isVersion(version: string): boolean {
  return valid(version) === version && (prerelease(version)?.length ?? 0) < 10;
}

function versionMessage(version: string): string {
  const near = valid(
    version
      .replace(/^v/i, '')
      .replace(/^(\d+)$/, '$1.0.0')
      .replace(/^(\d+\.\d+)$/, '$1.0'),
  );
  return `${JSON.stringify(version)} is no semantic version${near ? `; did you mean ${near}?` : ' such as 2.1.0'}`;
}

type NameTest = ReturnType<typeof boundedTester> | undefined;

/** A test of the whole name, in bounded time; undefined for what is no regular expression, which has a rule of its own. */
function wholeMatch(pattern: string | undefined): NameTest {
  return pattern === undefined ? undefined : boundedTester(`^(?:${pattern})$`);
}

function follows(test: NameTest, name: string): boolean {
  return typeof test !== 'function' || test(name);
}
