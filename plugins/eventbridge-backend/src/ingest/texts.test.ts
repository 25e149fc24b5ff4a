import { toSummary, toVersionKey } from './texts';

it.each([
  ['Somebody may **open** a door. Then more.', 'Somebody may open a door.'],
  ['# Heading\n\nText.', 'Heading'],
  ['See [the docs](https://x.example) for `more`. Bye.', 'See the docs for more.'],
  ['<script>alert(1)</script>Hello.', 'alert(1) Hello.'],
  ['<img src=x onerror=alert(1)>', ''],
  ['Version 1.2 is here. Really.', 'Version 1.2 is here.'],
  ['  \n\n', ''],
  ['no end', 'no end'],
])('the summary of %j is %j', (markdown, summary) => {
  expect(toSummary(markdown)).toBe(summary.trim());
});

it('cuts a long sentence', () => {
  expect([...toSummary('ä'.repeat(1000))]).toHaveLength(240);
});

it('sorts versions as semver does', () => {
  const versions = ['10.0.0', '2.0.0', '2.0.0-rc.1', '2.0.0-rc.10', '2.0.0-rc.2', '1.10.0', '1.9.0'];
  const sorted = [...versions].sort((a, b) => (toVersionKey(a) < toVersionKey(b) ? -1 : 1));
  expect(sorted).toEqual(['1.9.0', '1.10.0', '2.0.0-rc.1', '2.0.0-rc.2', '2.0.0-rc.10', '2.0.0', '10.0.0']);
});
