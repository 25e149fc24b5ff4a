import { AssumeRoleError, classify, safeMessage, toCallError } from './errors';

const place = { accountId: '222222222222', region: 'eu-west-1', operation: 'ListRules', action: 'events:ListRules' };
const thrown = (name: string, more: object = {}) => Object.assign(new Error('m'), { name }, more);

describe('classify', () => {
  it.each([
    ['access-denied', thrown('AccessDeniedException')],
    ['throttled', thrown('ThrottlingException')],
    ['throttled', thrown('Unknown', { $metadata: { httpStatusCode: 429 } })],
    ['bad-credentials', thrown('ExpiredTokenException')],
    ['bad-credentials', thrown('CredentialsProviderError')],
    ['timed-out', thrown('TimeoutError')],
    ['unreachable', thrown('Error', { code: 'ENOTFOUND' })],
    ['unreachable', new Error('AWS SDK error wrapper for Error: connect ECONNREFUSED 127.0.0.1:1')],
    ['aws-failed', thrown('InternalException', { $metadata: { httpStatusCode: 503 } })],
    ['unexpected', thrown('ValidationException', { $metadata: { httpStatusCode: 400 } })],
    ['unexpected', 'a text'],
    ['access-denied', new AssumeRoleError('arn', thrown('AccessDenied'))],
  ])('%s', (failure, error) => {
    expect(classify(error)).toBe(failure);
  });
});

describe('safeMessage', () => {
  it.each([
    ['key AKIAIOSFODNN7EXAMPLE is wrong', 'key (key id) is wrong'],
    ['SecretAccessKey: abc/def', 'SecretAccessKey: (hidden)'],
    ['token=abcdef; next', 'token=(hidden); next'],
    [`x ${'A1b2'.repeat(30)} y`, 'x (hidden) y'],
  ])('%s', (message, shown) => {
    expect(safeMessage(new Error(message))).toBe(shown);
  });

  it('cuts what is too long for a page', () => {
    expect(safeMessage(new Error('word '.repeat(1000)))).toHaveLength(500);
  });
});

describe('toCallError', () => {
  it('says which credentials were not taken, and why', () => {
    const error = toCallError(place, thrown('ExpiredTokenException', { message: 'The security token is expired' }));
    expect(error.message).toBe(
      'Account 222222222222, eu-west-1: AWS did not take the credentials for ListRules: The security token is expired',
    );
  });

  it('tells a role that could not be asked for from one that is denied', () => {
    const unreachable = new AssumeRoleError('arn:aws:iam::222222222222:role/r', thrown('Error', { code: 'ENOTFOUND' }));
    expect(toCallError(place, unreachable)).toMatchObject({
      operation: 'AssumeRole',
      action: 'sts:AssumeRole',
      failure: 'unreachable',
    });
  });
});
