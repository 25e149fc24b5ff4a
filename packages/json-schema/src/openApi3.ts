import type { EnvelopeDetail, JsonObject } from './types';

export function fromOpenApi3(_document: unknown, _pointer: string): JsonObject {
  throw new Error('in work');
}

export function extractEnvelopeDetail(_openApi3: unknown): EnvelopeDetail {
  throw new Error('in work');
}
