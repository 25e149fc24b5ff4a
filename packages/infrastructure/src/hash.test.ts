import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sha256, shortHash } from './hash';

describe('hash', () => {
  it('is the SHA-256 that the platform computes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), message => {
        expect(Buffer.from(sha256(message)).toString('hex')).toBe(createHash('sha256').update(message).digest('hex'));
      }),
    );
  });

  it('gives lower-case letters and digits of the length that was asked for', () => {
    expect(shortHash(['a', 'b'])).toMatch(/^[0-9a-z]{10}$/);
    expect(shortHash(['a', 'b'], 51)).toMatch(/^[0-9a-z]{51}$/);
    expect(shortHash(['a', 'b'], 51).slice(0, 10)).toBe(shortHash(['a', 'b']));
  });

  it('tells parts apart that are one text when joined', () => {
    expect(shortHash(['a', 'bc'])).not.toBe(shortHash(['ab', 'c']));
    expect(shortHash(['a,b'])).not.toBe(shortHash(['a', 'b']));
  });
});
