import { formatProblem } from '../reading/places';
import { readEventRepository } from '../reading/readEventRepository';

const BUSLINE = 'name: key\nenvironments:\n  prod: { buses: [{ name: main, account: one, region: eu-west-1 }] }\n';
const ACCOUNTS = "accounts:\n  one: { id: '111111111111' }\n";

function problemsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const all: Record<string, string> = { 'busline.yaml': BUSLINE, 'accounts.yaml': ACCOUNTS, ...files };
  const { problems } = readEventRepository({ paths: () => Object.keys(all), read: file => all[file] });
  return problems.map(formatProblem);
}

it('a missing key hides nothing that names, versions and descriptions are checked for', () => {
  const file = 'events/com.key.access/granted/event.yaml';
  const found = problemsOf({
    [file]:
      'source: com.key.access\ndetailType: "Access\u200b Granted"\ndescription: <b>Opens</b>\nversions:\n  v1: { notes: First. }\n',
    'services/access-service.yaml': 'publishes:\n  - { source: "com.k\u0435y" }\n',
  });
  expect(found).toEqual([
    expect.stringMatching(`^${file}:1:1 missing key \`owner\``),
    expect.stringMatching(`^${file}:2:13 .* belongs into .* \\(event-folder\\)$`),
    expect.stringMatching(`^${file}:2:13 the name .* \\(unsafe-name\\)$`),
    expect.stringMatching(`^${file}:3:14 <b> is HTML`),
    expect.stringMatching(`^${file}:5:3 .*version-not-semver`),
    expect.stringMatching('^services/access-service.yaml:1:1 missing key `owner`'),
    expect.stringMatching('^services/access-service.yaml:2:5 missing key `detailType`'),
    expect.stringMatching('^services/access-service.yaml:2:15 the name .* \\(unsafe-name\\)$'),
  ]);
});

const withNaming = (naming: string, source: string) =>
  problemsOf({
    'busline.yaml': `${BUSLINE}naming:\n  source: '${naming}'\n`,
    [`events/${source}/x/event.yaml`]: `source: ${source}\ndetailType: X\nowner: unknown\n`,
  }).filter(problem => problem.includes('naming'));

it.each(['(a+)+', '(a|a)*', '([a-z]+)*'])(
  'naming rules answer at once for names that would backtrack for ever: %s',
  rule => {
    const source = `${'a'.repeat(100)}-`;
    expect(withNaming(rule, source)).toEqual([
      `events/${source}/x/event.yaml:1:9 source "${source}" does not match ${rule}, the rule of busline.yaml (naming-rule)`,
    ]);
    expect(withNaming(rule, 'aaaa')).toEqual([]);
  },
);

it('a naming rule that only an engine that backtracks can run is refused, and runs on nothing', () => {
  expect(withNaming('(?=a)(a+)+', `${'a'.repeat(100)}-`)).toEqual([
    'busline.yaml:5:11 (?=a)(a+)+ may need longer than anyone waits: write it without look-around and back references, or without a repetition inside a repetition (naming-rule)',
  ]);
});
