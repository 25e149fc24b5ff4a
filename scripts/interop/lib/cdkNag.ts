import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The last line of cdk-nag that reads explanations from a template's own Metadata. */
const PACKAGES = { 'cdk-nag': '2.38.2', 'aws-cdk-lib': '2.276.0', constructs: '10.8.1' };

/** Runs beside the installed packages; prints a line of JSON for each finding. */
const RUNNER = `
const { App, Aspects, Stack } = require('aws-cdk-lib');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
const { Annotations, Match } = require('aws-cdk-lib/assertions');
const { AwsSolutionsChecks } = require('cdk-nag');
process.argv.slice(2).forEach((templateFile, index) => {
  const app = new App();
  const stack = new Stack(app, 's' + index);
  new CfnInclude(stack, 'T', { templateFile });
  Aspects.of(app).add(new AwsSolutionsChecks());
  const annotations = Annotations.fromStack(stack);
  const found = [...annotations.findError('*', Match.anyValue()), ...annotations.findWarning('*', Match.anyValue())];
  for (const { id, entry } of found) {
    process.stdout.write('\\n' + JSON.stringify({ index, id, text: String(entry.data) }) + '\\n');
  }
});
process.stdout.write('\\n{"done":true}\\n');
`;

interface Named {
  readonly name: string;
  readonly text: string;
}

/**
 * What cdk-nag's AwsSolutions pack finds in templates and no reason in them explains.
 * @throws Error where the packages cannot be had, or a template cannot be included
 */
export function cdkNag(templates: readonly Named[]): readonly string[] {
  const folder = install();
  const work = mkdtempSync(join(tmpdir(), 'busline-interop-nag-'));
  try {
    const files = templates.map(({ text }, index) => {
      const file = join(work, `${index}.json`);
      writeFileSync(file, JSON.stringify(withoutTextPatterns(parse(text))));
      return file;
    });
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'run.cjs'), ...files], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', JSII_DEPRECATED: 'quiet' },
      cwd: work,
      maxBuffer: 64 * 1024 * 1024,
    });
    const lines = stdout.split('\n').filter(line => /^\{"(index|done)"/.test(line));
    if (status !== 0 || lines.at(-1) !== '{"done":true}') throw new Error(`cdk-nag did not come to its end: ${stderr}`);
    return lines.slice(0, -1).map(line => {
      const { index, id, text } = JSON.parse(line) as { index: number; id: string; text: string };
      return `${templates[index].name} ${id.replace(/^\/s\d+\/T\//, '')}: ${text.trim()}`;
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

interface Template {
  readonly Resources: Readonly<Record<string, { Properties?: { EventPattern?: unknown } }>>;
}

/** CloudFormation takes a pattern as text; the CDK's classes do not, and no rule of the pack looks at patterns. */
function withoutTextPatterns(template: Template): Template {
  for (const { Properties } of Object.values(template.Resources)) {
    if (typeof Properties?.EventPattern === 'string') Properties.EventPattern = { source: ['written as text'] };
  }
  return template;
}

function install(): string {
  const folder = join(tmpdir(), `busline-interop-cdk-nag-${PACKAGES['cdk-nag']}`);
  if (!existsSync(folder)) {
    const unfinished = mkdtempSync(`${folder}-`);
    writeFileSync(join(unfinished, 'package.json'), JSON.stringify({ private: true, dependencies: PACKAGES }));
    const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
      cwd: unfinished,
      encoding: 'utf8',
    });
    if (status !== 0) {
      rmSync(unfinished, { recursive: true, force: true });
      throw new Error(`cdk-nag could not be installed with npm: ${stderr}`);
    }
    if (existsSync(folder)) rmSync(unfinished, { recursive: true, force: true });
    else renameSync(unfinished, folder);
  }
  writeFileSync(join(folder, 'run.cjs'), RUNNER);
  return folder;
}
