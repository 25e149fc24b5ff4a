import { type SubscriptionVerdicts } from '@busline/plugin-eventbridge-common';
import { eventTypeConditions } from '@busline/plugin-eventbridge-node';
import request from 'supertest';
import { closeDatabases, DATABASES, openTestDatabase } from '../testing/databases';
import { createHarness, TestRepository, type Grants, type Harness } from '../testing/harness';
import { keyRepositoryFiles } from '../testing/keyRepository';

afterAll(closeDatabases);

const READER: Grants = {
  eventTypes: eventTypeConditions.hasClassification({ classifications: ['public', 'internal'] }),
  others: [],
};
const subscription = (pattern: string) =>
  `description: Why.\npattern: ${pattern}\ntarget: { type: sqs, name: q }\nenvironments: [prod]\n`;

describe.each(DATABASES)('what a pattern means for the schemas, on %s', kind => {
  let all: Harness;
  let reader: Harness;
  beforeAll(async () => {
    const knex = await openTestDatabase(kind);
    const files = {
      ...keyRepositoryFiles(),
      'subscriptions/delivery-service/misspelt.yaml': subscription(
        `{ source: [com.key.delivery], detail-type: [Delivery Planned], detail: { data: { dropOff: [x] } } }`,
      ),
      'subscriptions/delivery-service/idle.yaml': subscription(
        `{ source: [com.key.delivery], detail-type: [Delivery Planned], detail: { data: { nothing: [{ exists: false }] } } }`,
      ),
    };
    const source = new TestRepository('key', files, 'Key');
    all = await createHarness({ knex, sources: [source] });
    reader = await createHarness({ knex, sources: [source], grants: READER });
    await all.read(source);
  });
  const idOf = async (name: string) => {
    const { body } = await request(all.app).get(`/subscriptions?q=${name}&environment=prod`);
    return body.items.find((item: { name: string }) => item.name === name).id as string;
  };
  const verdicts = async (name: string, who = all): Promise<SubscriptionVerdicts> => {
    const { status, body } = await request(who.app).get(`/subscriptions/${await idOf(name)}/verdicts`);
    expect(status).toBe(200);
    return body;
  };

  it('says for each version, newest first, whether events of it match', async () => {
    const { eventTypes, hasFilter, eventTypeCount } = await verdicts('access-granted');
    expect([hasFilter, eventTypeCount]).toEqual([true, 1]);
    expect(eventTypes).toMatchObject([
      {
        detailType: 'Access Granted',
        versionCount: 2,
        versions: [
          {
            version: '2.0.0',
            verdict: 'sometimes',
            reasons: [expect.stringContaining('`detail.data.channel`')],
            matching: { detail: { data: { channel: 'email' }, metadata: { schemaVersion: '2.0.0' } } },
            notMatching: { source: 'com.key.access' },
          },
          { version: '1.0.0', verdict: 'never', reasons: [expect.stringContaining('`detail.metadata.schemaVersion`')] },
        ],
      },
    ]);
  });

  it('names the field that was probably meant where no event can match', async () => {
    expect((await verdicts('misspelt')).eventTypes).toEqual([
      {
        source: 'com.key.delivery',
        detailType: 'Delivery Planned',
        versionCount: 1,
        versions: [
          {
            version: '1.0.0',
            verdict: 'never',
            reasons: ['`detail.data.dropOff` is not in the schema; there is `detail.data.dropOffAt`. Wanted: is `x`'],
          },
        ],
      },
    ]);
  });

  it('tells a filter that every event passes from having none', async () => {
    expect(await verdicts('idle')).toMatchObject({
      hasFilter: true,
      eventTypes: [{ versions: [{ verdict: 'always' }] }],
    });
    expect(await verdicts('planned')).toMatchObject({
      hasFilter: false,
      eventTypes: [{ versions: [{ verdict: 'always' }] }],
    });
  });

  it('says nothing of event types that the person may not see, and nothing of hidden subscriptions', async () => {
    const types = ({ eventTypes }: SubscriptionVerdicts) => eventTypes.map(({ detailType }) => detailType);
    expect(types(await verdicts('all-access'))).toEqual(['Access Granted', 'Access Revoked', 'Secret Opened']);
    const seen = await verdicts('all-access', reader);
    expect([types(seen), seen.eventTypeCount]).toEqual([['Access Revoked'], 1]);
    const { status } = await request(reader.app).get(`/subscriptions/${await idOf('access-granted')}/verdicts`);
    expect(status).toBe(404);
  });
});
