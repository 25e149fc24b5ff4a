/**
 * Holds every generated template of examples/key-suite to AWS's linter (cfn-lint) and to cdk-nag's AwsSolutions pack. Both must find
 * what is wrong with a template that is, else they would prove nothing. Exit status 1 when anything is found.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { cdkNag } from './lib/cdkNag';
import { cfnLint } from './lib/cfnLint';
import { needPython } from './lib/python';

const ROOT = join(__dirname, '../..');
const FOLDERS = ['examples/key-suite/stacks', 'examples/service-repositories'];
const REGION = 'eu-west-1';

/** A queue without a dead-letter queue and open to plain text, and a property that no queue has. */
const WRONG = `
Resources:
  Open:
    Type: AWS::SQS::Queue
    Properties: { Colour: green }
`;

function main(): void {
  needPython();
  const files = FOLDERS.flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.yaml'))
      .map(path => join(ROOT, folder, path)),
  ).sort();
  if (files.length === 0) throw new Error('There are no templates to check');
  proveThatTheyFind();
  const templates = files.map(file => ({ name: relative(ROOT, file), text: readFileSync(file, 'utf8') }));
  const found = [...cfnLint(files, REGION), ...cdkNag(templates)];
  for (const finding of found) process.stdout.write(`  ${finding}\n`);
  process.stdout.write(`  ${files.length} templates, ${found.length} findings of cfn-lint and cdk-nag\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
}

function proveThatTheyFind(): void {
  const folder = mkdtempSync(join(tmpdir(), 'busline-interop-wrong-'));
  try {
    const file = join(folder, 'wrong.yaml');
    writeFileSync(file, WRONG);
    if (!cfnLint([file], REGION).some(line => line.includes('Colour'))) throw new Error('cfn-lint finds nothing');
    const nag = cdkNag([
      { name: 'wrong.yaml', text: WRONG.replace('Properties: { Colour: green }', 'Properties: {}') },
    ]);
    for (const rule of ['SQS3', 'SQS4']) {
      if (!nag.some(line => line.includes(`AwsSolutions-${rule}`))) throw new Error(`cdk-nag does not find ${rule}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
