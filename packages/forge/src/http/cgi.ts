import type { Readable } from 'node:stream';

export interface CgiHead {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  /** What came of the body along with the headers. */
  readonly rest: Buffer;
}

/** More than any header of git http-backend. */
const MAX_HEAD_BYTES = 32 * 1024;

/** Reads the headers of a CGI answer (RFC 3875, section 6) and leaves the body in the stream. */
export function readCgiHead(output: Readable): Promise<CgiHead> {
  return new Promise((resolve, reject) => {
    let read: Buffer = Buffer.alloc(0);
    const stop = () => {
      output.off('data', onData);
      output.off('end', onEnd);
      output.off('error', onEnd);
    };
    const onEnd = () => {
      stop();
      reject(new Error('The answer ended before its headers did'));
    };
    const onData = (chunk: Buffer) => {
      read = Buffer.concat([read, chunk]);
      const end = /\r?\n\r?\n/.exec(read.toString('latin1', 0, MAX_HEAD_BYTES));
      if (end) {
        stop();
        output.pause();
        resolve(parseHead(read, end.index, end.index + end[0].length));
      } else if (read.length > MAX_HEAD_BYTES) {
        onEnd();
      }
    };
    output.on('data', onData);
    output.on('end', onEnd);
    output.on('error', onEnd);
  });
}

function parseHead(read: Buffer, end: number, bodyStart: number): CgiHead {
  const lines = read.toString('latin1', 0, end).split(/\r?\n/);
  const headers = lines.map((line): readonly [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  const status = headers.find(([name]) => name.toLowerCase() === 'status');
  return {
    status: status ? Number.parseInt(status[1], 10) : 200,
    headers: headers.filter(header => header !== status),
    rest: read.subarray(bodyStart),
  };
}
