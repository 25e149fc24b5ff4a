import { createHash } from 'node:crypto';

/** A message attribute as the API has it; binary values are base64 text. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

export const md5 = (data: string | Buffer) => createHash('md5').update(data).digest('hex');

/**
 * MD5 over the attributes in the order of their names: name, type, a byte that tells text (1) from binary (2), value;
 * texts with their length in four bytes before them. SDK clients compute it too, and refuse what differs.
 * Source: "Calculating the MD5 message digest for message attributes" in the Amazon SQS developer guide.
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  return md5(
    Buffer.concat(
      names.flatMap(name => {
        const { DataType, StringValue, BinaryValue } = attributes[name];
        const value =
          StringValue === undefined ? Buffer.from(BinaryValue ?? '', 'base64') : Buffer.from(StringValue, 'utf8');
        return [
          withLength(Buffer.from(name, 'utf8')),
          withLength(Buffer.from(DataType, 'utf8')),
          Buffer.from([StringValue === undefined ? 2 : 1]),
          withLength(value),
        ];
      }),
    ),
  );
}

function withLength(data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, data]);
}
