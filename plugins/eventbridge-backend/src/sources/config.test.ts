import { ConfigReader } from '@backstage/config';
import { readSourcesConfig } from './config';

const read = (sources: object) => readSourcesConfig(new ConfigReader({ eventbridge: { sources } } as never));

it('reads sources with their defaults', () => {
  const { repositories, aws } = read({
    repositories: [{ id: 'key', target: './key' }],
    aws: [{ id: 'aws', regions: ['eu-west-1'], roleName: 'busline-reader' }],
  });
  expect(repositories).toEqual([
    { id: 'key', title: 'key', target: './key', schedule: { frequency: { minutes: 1 }, timeout: { minutes: 10 } } },
  ]);
  expect(aws[0]).toMatchObject({
    roleArn: 'arn:aws:iam::{account}:role/busline-reader',
    schemas: true,
    timeoutMs: 120_000,
    concurrency: 8,
  });
});

it.each([
  [{ repositories: [{ id: 'a b', target: 'x' }] }, /"a b" may only have letters/],
  [
    {
      repositories: [
        { id: 'a', target: 'x' },
        { id: 'a', target: 'y' },
      ],
    },
    /two sources have the id "a"/,
  ],
  [{ repositories: [{ id: 'a' }] }, /target/],
  [{ aws: [{ id: 'a', regions: [] }] }, /regions must name at least one/],
  [{ aws: [{ id: 'a', regions: ['eu-west-1'], accounts: ['123'] }] }, /"123" must be 12 digits/],
  [{ aws: [{ id: 'a', regions: ['eu-west-1'], roleName: 'x', roleArn: 'y' }] }, /not both/],
])('refuses %j', (sources, message) => {
  expect(() => read(sources)).toThrow(message);
});
