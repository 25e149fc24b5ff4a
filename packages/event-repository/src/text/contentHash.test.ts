import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { contentHash } from './contentHash';

/** As `git hash-object` computes it. */
function gitBlobId(text: string): string {
  const body = Buffer.from(text, 'utf8');
  return createHash('sha1').update(`blob ${body.length}\0`).update(body).digest('hex');
}

describe('contentHash', () => {
  it('is the blob id of git', () => {
    expect(contentHash('')).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
    expect(contentHash('hello\n')).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
  });

  it('is so for every text and length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => contentHash(text) === gitBlobId(text)),
    );
    for (const length of [54, 55, 56, 63, 64, 65, 65_400, 65_536, 200_000]) {
      const text = 'é'.repeat(length);
      expect(contentHash(text)).toBe(gitBlobId(text));
    }
  });
});
