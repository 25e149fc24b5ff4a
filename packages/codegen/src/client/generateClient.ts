import type { ClientInput, GeneratedFile } from './clientInput';
import { nameEventTypes } from './clientNames';
import { eventModule } from './eventModule';
import { handlerModule, namedSubscriptions } from './handlerModule';
import { markOf } from './mark';
import { projectFiles } from './projectFiles';
import { publisherModule } from './publisherModule';
import { readme } from './readme';
import { EVENT_BRIDGE, EVENT_VERSION, PUBLISHING, RECEIVING, VALIDATION } from './runtimeFiles';

/** Of a service's repository. */
export const CLIENT_FOLDER = 'busline/client';

/**
 * The TypeScript client of a service: types from JSON Schema, a publisher and handlers that validate, and samples with tests that
 * run. The same declarations give the same files; a service that neither publishes nor receives anything gets none.
 */
export function generateClient(input: ClientInput): readonly GeneratedFile[] {
  const names = nameEventTypes(input);
  if (names.size === 0) return [];
  const mark = markOf(input.service);
  const subscriptions = namedSubscriptions(input, names);
  const generated = (path: string, text: string): GeneratedFile => ({
    path: `${CLIENT_FOLDER}/${path}`,
    text,
    kind: 'generated',
  });
  const runtime = (name: string, text: string) => generated(`runtime/${name}.ts`, `// ${mark}\n${text}`);
  const publishes = input.publishes.length > 0;
  const receives = subscriptions.length > 0;
  const modules = [...names.values()];
  return [
    generated('README.md', readme(input, names, subscriptions, mark)),
    generated(
      'index.ts',
      indexModule(
        modules.map(({ fileName }) => fileName),
        publishes,
        receives,
        mark,
      ),
    ),
    ...modules.map(named => generated(`events/${named.fileName}.ts`, eventModule(named, mark))),
    runtime('eventVersion', EVENT_VERSION),
    runtime('validation', VALIDATION),
    ...(publishes
      ? [
          generated('publisher.ts', publisherModule(input, names, mark)),
          runtime('publishing', PUBLISHING),
          runtime('eventBridge', EVENT_BRIDGE),
        ]
      : []),
    ...(receives
      ? [generated('handlers.ts', handlerModule(subscriptions, mark)), runtime('receiving', RECEIVING)]
      : []),
    ...projectFiles(input, names, subscriptions),
  ];
}

function indexModule(modules: readonly string[], publishes: boolean, receives: boolean, mark: string): string {
  const files = [
    './runtime/eventVersion.ts',
    './runtime/validation.ts',
    ...(publishes ? ['./runtime/publishing.ts', './runtime/eventBridge.ts', './publisher.ts'] : []),
    ...(receives ? ['./runtime/receiving.ts', './handlers.ts'] : []),
    ...modules.map(name => `./events/${name}.ts`),
  ];
  return `// ${mark}\n${files.map(file => `export * from '${file}';\n`).join('')}`;
}
