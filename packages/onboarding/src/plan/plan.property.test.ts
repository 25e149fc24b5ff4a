import fc from 'fast-check';
import { impactOf, readEventRepository } from '@busline/event-repository';
import { KEY_SUITE, KEY_SUITE_FILES, merged, ONBOARD, stateOf } from '../__testUtils__/keySuite';
import { planOnboarding } from './planOnboarding';
import type { OnboardRequest } from '../request/request';

const { repository } = KEY_SUITE.read;
const NASTY = [
  'yes',
  'null',
  '- a',
  'a: b',
  '# x',
  '*x',
  '!tag',
  '{{ x }}',
  '${x}',
  "it's",
  '"q"',
  '---',
  '<<',
  '$(id)',
  '`id`',
];
const text = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'grapheme', maxLength: 40 }));
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);

const request: fc.Arbitrary<OnboardRequest> = fc
  .record({
    service: fc.constantFrom(
      ...repository.services.filter(({ environments }) => environments.some(e => e.environment === 'prod')),
    ),
    name,
    description: text,
    types: fc.uniqueArray(
      fc.constantFrom(...repository.eventTypes.filter(({ lifecycle }) => lifecycle !== 'retired')),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    target: name,
    title: text,
    weighed: fc.boolean(),
    example: fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }),
  })
  .map(({ service, types, weighed, title, example, ...rest }) => {
    const { account, region } = service.environments.find(({ environment }) => environment === 'prod')!;
    return {
      ...ONBOARD,
      service: { kind: 'existing', name: service.name },
      account,
      region,
      subscriptions: [
        {
          name: rest.name,
          description: rest.description,
          eventTypes: types.map(({ source, detailType }) => ({ source, detailType })),
          target: { type: 'sqs', name: rest.target },
        },
      ],
      publications: weighed
        ? [{ kind: 'new', source: 'com.key.scales', detailType: 'Parcel Weighed', title, description: title, example }]
        : [],
    } as OnboardRequest;
  });

describe('whatever is asked', () => {
  it('is declared exactly when the plan is merged, and nothing else is', () => {
    let planned = 0;
    fc.assert(
      fc.property(request, asked => {
        const result = planOnboarding(KEY_SUITE, asked, { today: '2026-11-20' });
        fc.pre(result.kind === 'plan');
        planned += 1;
        const files = merged(KEY_SUITE_FILES, result.plan);
        const after = readEventRepository(stateOf(files).files, { previous: KEY_SUITE.read.cache });
        expect(after.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        const { eventTypes, subscriptions, services, accounts, domains, settings } = impactOf(
          repository,
          after.repository,
        );
        const [wanted] = asked.subscriptions;
        expect(subscriptions.added.map(each => [each.service, each.name, each.description, each.environments])).toEqual(
          [[asked.service.name, wanted.name, wanted.description, ['prod']]],
        );
        expect([subscriptions.removed, subscriptions.changed, services.added, services.removed]).toEqual([
          [],
          [],
          [],
          [],
        ]);
        expect(services.changed.map(({ after: { name: of } }) => of)).toEqual(
          asked.publications.map(() => asked.service.name),
        );
        expect(eventTypes.added.map(({ title, versions }) => [title, versions[0].examples[0].value])).toEqual(
          asked.publications.map(each => (each.kind === 'new' ? [each.title, each.example] : [])),
        );
        expect([eventTypes.changed, eventTypes.removed, accounts.changed, domains.changed, settings]).toEqual([
          [],
          [],
          [],
          [],
          [],
        ]);
        expect(result.plan.proof.others).toEqual([]);
      }),
      { numRuns: 25, seed: 20261120 },
    );
    expect(planned).toBeGreaterThan(5);
  });
});
