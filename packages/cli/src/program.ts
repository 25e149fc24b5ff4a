import { Command, InvalidArgumentError, Option } from 'commander';
import { renderEvolutionRules, renderRules } from '@busline/event-repository';
import type { ApprovalsOptions } from './approvals/approvals';
import { check, type CheckOptions } from './check/check';
import { FORMATS, REPORT_FORMATS } from './check/formats';
import type { DeployOptions } from './deploy/deploy';
import { generate, type GenerateOptions } from './generate/generate';
import { importSchemas, type ImportSchemasOptions } from './importing/schemas/importSchemas';
import type { ImportBusOptions } from './importing/bus';
import type { ImportRegistryOptions } from './importing/registry';
import { init } from './init/init';
import type { Output } from './output';
import { analyse, type AnalyseOptions } from './pattern/analyse';
import { explainPattern, PATTERN_FORMATS, testPattern, type MatchOptions } from './pattern/match';
import { CONTENT_MODELS, type DiffOptions, MODES, schemaDiff } from './schema/diff';

const SERVICE_REPOSITORIES =
  "checkouts of services' repositories, each named like its repository, or folders that hold them";
const OUT = 'folder to write to; what people wrote there is left alone';

/** A job of GitHub Actions ends after six hours. */
const MAX_WAIT_MINUTES = 360;

/** The commands; `done` is told the exit status. */
export function createProgram(output: Output, done: (code: number) => void): Command {
  const program = new Command('busline')
    .description('Checks, starts and imports event repositories.')
    .showHelpAfterError(false)
    .exitOverride();
  program
    .command('check')
    .description('check an event repository; exit status 1 when there are errors')
    .argument('<dir>', 'folder of the event repository')
    .addOption(new Option('--format <format>', 'how to write what is found').choices(REPORT_FORMATS).default('text'))
    .addOption(
      new Option('--against <ref>', 'git ref with what is released: new versions are compared with it').conflicts(
        'base',
      ),
    )
    .option('--base <ref>', 'git ref with what is released: only that its schema versions do not change')
    .action((dir: string, options: CheckOptions) => done(check(dir, options, output)));
  program
    .command('approvals')
    .description("exit status 1 while the approval of a restricted event type's owner is missing")
    .argument('<dir>', 'folder of the event repository, with the change merged')
    .requiredOption('--base <ref>', 'git ref to which the change would be merged; its CODEOWNERS says who approves')
    .option('--reviews <file>', 'JSON file with the reviews and the members of the teams; - for the standard input')
    .addOption(new Option('--format <format>', 'how to write what is found').choices(FORMATS).default('text'))
    .action(async (dir: string, options: ApprovalsOptions) => {
      const { approvals } = unwrap(await import('./approvals/approvals'));
      done(approvals(dir, options, output));
    });
  program
    .command('init')
    .description('make a small event repository; nothing is overwritten')
    .argument('<dir>', 'folder to write to')
    .action((dir: string) => done(init(dir, output)));
  program
    .command('generate')
    .description('write the CloudFormation templates that the declarations ask for; what a person wrote is left alone')
    .argument('<dir>', 'folder of the event repository')
    .option('--service-repositories <dirs...>', SERVICE_REPOSITORIES)
    .option('--check', 'write nothing; exit status 1 when something is out of date')
    .action((dir: string, options: GenerateOptions) => done(generate(dir, options, output)));
  program
    .command('deploy')
    .description('bring AWS where the generated stacks of a checkout have it, by CloudFormation; the change sets first')
    .argument('<dir>', 'folder of the event repository, with its main branch checked out')
    .option('--service-repositories <dirs...>', `${SERVICE_REPOSITORIES}; others are left to their own workflows`)
    .option('--environment <name>', 'only this environment')
    .option('--plan-only', 'show what would change, and change nothing')
    .option('--yes', 'do not ask')
    .option('--prune', 'then delete stacks that were deployed from here and are no longer declared')
    .option('--wait <minutes>', 'look again for so long for what other repositories deploy', minutes)
    .option('--role-name <name>', 'role to assume in each account')
    .option('--endpoint <url>', "instead of AWS's own", httpUrl)
    .action(async (dir: string, options: DeployOptions) => {
      const { deploy } = unwrap(await import('./deploy/deploy'));
      done(await deploy(dir, options, output));
    });
  program
    .command('docs')
    .description('print documentation')
    .command('rules')
    .description('print the rules of an event repository as Markdown')
    .action(() => {
      output.out(`${renderRules()}\n${renderEvolutionRules()}`);
      done(0);
    });
  addSchema(program, output, done);
  addPatterns(program, output, done);
  addImports(program, output, done);
  return program;
}

function addSchema(program: Command, output: Output, done: (code: number) => void): void {
  program
    .command('schema')
    .description('what schemas mean')
    .command('diff')
    .description('compare two versions of a schema; exit status 1 when it breaks, 3 when that could not be decided')
    .argument('<old>', 'JSON Schema, or OpenApi3 document of an EventBridge registry; - for the standard input')
    .argument('<new>', 'the later version')
    .addOption(new Option('--format <format>', 'how to write what is found').choices(REPORT_FORMATS).default('text'))
    .addOption(new Option('--mode <mode>', 'what must hold for exit status 0').choices(MODES).default('FULL'))
    .addOption(
      new Option('--content-model <model>', 'whether the writing side writes only what it describes')
        .choices(CONTENT_MODELS)
        .default('closed-world'),
    )
    .action((old: string, next: string, options: DiffOptions) => done(schemaDiff(old, next, options, output)));
}

/** Of patterns: does an event match, why, and can one ever. */
function addPatterns(program: Command, output: Output, done: (code: number) => void): void {
  const format = () =>
    new Option('--format <format>', 'how to write the answer').choices(PATTERN_FORMATS).default('text');
  const PATTERN =
    'file with an event pattern, JSON or YAML, or the declaration of a subscription; - for the standard input';
  const EVENTS = 'files with an event each, or one on every line of a .jsonl file; - for the standard input';
  const patterns = program.command('pattern').description('try event patterns');
  patterns
    .command('test')
    .description('exit status 0 when all events match, 1 when one does not')
    .argument('<pattern>', PATTERN)
    .argument('<events...>', EVENTS)
    .addOption(format())
    .action((pattern: string, events: string[], options: MatchOptions) =>
      done(testPattern(pattern, events, options, output)),
    );
  patterns
    .command('explain')
    .description('why events match or do not, clause by clause; the exit status is that of test')
    .argument('<pattern>', PATTERN)
    .argument('<events...>', EVENTS)
    .addOption(format())
    .action((pattern: string, events: string[], options: MatchOptions) =>
      done(explainPattern(pattern, events, options, output)),
    );
  patterns
    .command('analyse')
    .description('whether events of a schema can match; exit status 1 when none ever can, 3 when it is not decided')
    .argument('<pattern>', PATTERN)
    .argument('[schema]', 'JSON Schema of what the event carries')
    .option('--repository <dir>', 'in place of a schema: every version of the event types of an event repository')
    .addOption(
      new Option('--content-model <model>', 'whether fields that the schema does not list may be there')
        .choices(CONTENT_MODELS)
        .default('closed-world'),
    )
    .option('--data <place>', 'where in the event the schema stands; the whole detail, when left out')
    .option('--metadata <place>', 'where in the event the metadata stands; nowhere, when left out')
    .option('--source <source>', 'source of the events')
    .option('--detail-type <name>', 'detail-type of the events')
    .addOption(format())
    .action((pattern: string, schema: string | undefined, options: AnalyseOptions) =>
      done(analyse(pattern, schema, options, output)),
    );
}

function addImports(program: Command, output: Output, done: (code: number) => void): void {
  const importing = program.command('import').description('make an event repository from what is there already');
  importing
    .command('schemas')
    .description('from a bundle or a folder of JSON Schemas')
    .argument('<source>', 'JSON Schema bundle, or folder of JSON Schemas')
    .requiredOption('--mapping <file>', 'which schemas are event types, and what to say of them')
    .option('--examples <file>', 'JSON document with examples, as the mapping says')
    .requiredOption('--out <dir>', OUT)
    .action((source: string, options: Omit<ImportSchemasOptions, 'source'>) =>
      done(importSchemas({ source, ...options }, output)),
    );
  importing
    .command('registry')
    .description('from an EventBridge schema registry, all versions')
    .requiredOption('--registry <name>', 'name of the schema registry')
    .requiredOption('--region <region>', 'AWS Region')
    .option('--endpoint <url>', "instead of AWS's own", httpUrl)
    .option('--environment <name>', 'environment to declare', 'prod')
    .option('--bus <name>', 'bus to declare', 'default')
    .requiredOption('--out <dir>', OUT)
    .action(async (options: ImportRegistryOptions) => {
      // The AWS SDK takes a second to load, and few commands need it.
      const { importRegistry } = unwrap(await import('./importing/registry'));
      done(await importRegistry(options, output));
    });
  importing
    .command('bus')
    .description('from a live bus: its rules, targets, policy and accounts')
    .requiredOption('--bus <name>', 'name of the event bus')
    .requiredOption('--region <region>', 'AWS Region')
    .option('--endpoint <url>', "instead of AWS's own", httpUrl)
    .option('--environment <name>', 'environment to declare', 'prod')
    .requiredOption('--out <dir>', OUT)
    .action(async (options: ImportBusOptions) => {
      const { importBus } = unwrap(await import('./importing/bus'));
      done(await importBus(options, output));
    });
}

function minutes(text: string): number {
  const number = Number(text);
  if (/^[0-9]+(\.[0-9]+)?$/.test(text) && number <= MAX_WAIT_MINUTES) return number;
  throw new InvalidArgumentError(`It is no number of minutes up to ${MAX_WAIT_MINUTES}.`);
}

function httpUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('It is no http or https URL.');
}

/** Where sources run as they are, a module that is imported later comes as its own default. */
function unwrap<T extends object>(module: T): T {
  return (module as { readonly default?: T }).default ?? module;
}
