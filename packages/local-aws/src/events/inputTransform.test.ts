import type { Target } from '@aws-sdk/client-eventbridge';
import { createVirtualClock } from '../clock';
import { PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf, ruleArn } from '../testing/fixture';

afterEach(stopAll);

const DETAIL = {
  home: 'h-1',
  text: 'say "hi" \\ <b>',
  level: 3,
  list: [{ 'first name': 'Ada' }, 2],
  nested: { a: { b: true } },
  none: null,
};

/** What the queue gets for an event with this detail, as text or parsed. */
async function delivered(input: Partial<Target>) {
  const { endpoint } = await start({
    clock: createVirtualClock(Date.UTC(2026, 10, 20, 12)),
  });
  const platform = accountOf(endpoint, PLATFORM);
  await platform.bus('central');
  const q = await platform.queue('q');
  await platform.rule('central', 'r', [{ Id: 'q', Arn: q.arn, ...input }]);
  await platform.put('central', { Detail: JSON.stringify(DETAIL) });
  const [message] = await q.take();
  return message.body;
}

const template = (InputTemplate: string, InputPathsMap: Record<string, string> = {}): Partial<Target> => ({
  InputTransformer: { InputTemplate, InputPathsMap },
});

describe('what the target receives', () => {
  // prettier-ignore
  it.each<[string, Partial<Target>, unknown]>([
    ['a constant', { Input: '{"a": 1}' }, { a: 1 }],
    ['a part', { InputPath: '$.detail.nested' }, { a: { b: true } }],
    ['a text of the event, as JSON', { InputPath: '$.detail.home' }, 'h-1'],
    ['a part of a list', { InputPath: "$.detail.list[0]['first name']" }, 'Ada'],
    ['the whole event by its path', { InputPath: '$.detail-type' }, 'Access Granted'],
    ['a part that is not there', { InputPath: '$.detail.gone.on' }, null],
    ['a template of text', template('"Home <home>: <level>"', { home: '$.detail.home', level: '$.detail.level' }), 'Home h-1: 3'],
    ['a template of JSON', template('{"h":<home>,"l":<level>,"n":<nested>,"x":[<list>]}', { home: '$.detail.home', level: '$.detail.level', nested: '$.detail.nested', list: '$.detail.list' }), { h: 'h-1', l: 3, n: { a: { b: true } }, x: [DETAIL.list] }],
    ['text that needs escaping', template('{"t":"<text>!","u":<text>}', { text: '$.detail.text' }), { t: `${DETAIL.text}!`, u: DETAIL.text }],
    ['an object inside text', template('{"t":"it is <nested>"}', { nested: '$.detail.nested' }), { t: 'it is {"a":{"b":true}}' }],
    ['what is not there', template('{"t":"<gone>.","u":<gone>,"n":<none>}', { gone: '$.detail.gone', none: '$.detail.none' }), { t: '.', u: null, n: null }],
    ['an escaped quote before a placeholder', template('{"t":"\\"<home>\\""}', { home: '$.detail.home' }), { t: '"h-1"' }],
    ['the rule', template('{"a":<aws.events.rule-arn>,"n":"<aws.events.rule-name>"}'), { a: ruleArn(PLATFORM, 'central', 'r'), n: 'r' }],
    ['the time of arrival', template('"<aws.events.event.ingestion-time>"'), '2026-11-20T12:00:00.000Z'],
    ['the event without detail', template('{"e":<aws.events.event>}'), { e: expect.not.objectContaining({ detail: expect.anything() }) }],
    ['the whole event', template('{"e":<aws.events.event.json>}'), { e: expect.objectContaining({ source: 'com.key.access', detail: DETAIL }) }],
    ['nothing of the prototype', template('{"t":<p>,"u":<q>}', { p: '$.detail.constructor.name', q: '$.detail.__proto__' }), { t: null, u: null }],
  ])('%s', async (_name, input, expected) => {
    expect(await delivered(input)).toEqual(expected);
  });
});
