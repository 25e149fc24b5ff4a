import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startLocalAws, type LocalAws, type LocalAwsOptions } from '@busline/local-aws';
import { createClients, type ClientsFor } from '../clients';

/** For this package's tests: the local AWS server, and a way to make it misbehave as AWS does on a bad day. */

export interface TestServer {
  readonly aws: LocalAws;
  /** Clients of the account itself, straight to the server. */
  readonly clientsFor: ClientsFor;
  /** Clients whose requests go by `faults`. */
  readonly faultyClientsFor: ClientsFor;
  readonly faultyEndpoint: string;
  /** Decides what becomes of a request; undefined lets it pass. */
  faults: (request: FaultyRequest) => Fault | undefined;
  close(): Promise<void>;
}

export interface FaultyRequest {
  readonly operation: string;
  readonly account: string;
  /** Of this operation and account, from 1. */
  readonly count: number;
}

export type Fault =
  /** Never answers. */
  | 'hang'
  /** Sends half an answer and breaks the connection. */
  | 'break'
  | { readonly status: number; readonly error: string; readonly message: string };

export const credentials = (accountId: string) => ({ accessKeyId: accountId, secretAccessKey: 'not-checked' });

export async function startTestServer(options: LocalAwsOptions = {}): Promise<TestServer> {
  const aws = await startLocalAws(options);
  const counts = new Map<string, number>();
  const server: Pick<TestServer, 'faults'> = { faults: () => undefined };
  const proxy = createServer((incoming, outgoing) => {
    const target = String(incoming.headers['x-amz-target'] ?? '');
    const operation = target.slice(target.lastIndexOf('.') + 1);
    const account = /Credential=(\w+)/.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
    const key = `${account} ${operation}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    misbehave(server.faults({ operation, account, count }), incoming, outgoing, aws.endpoint);
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  const faultyEndpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const through =
    (endpoint: string): ClientsFor =>
    (accountId, region) =>
      createClients(region, { endpoint, credentials: credentials(accountId) });
  return Object.assign(server, {
    aws,
    clientsFor: through(aws.endpoint),
    faultyClientsFor: through(faultyEndpoint),
    faultyEndpoint,
    async close() {
      proxy.closeAllConnections();
      await new Promise(resolve => proxy.close(resolve));
      await aws.close();
    },
  });
}

function misbehave(
  fault: Fault | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  endpoint: string,
): void {
  if (fault === 'hang') {
    incoming.resume();
  } else if (fault === 'break') {
    incoming.resume();
    outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': '1000' });
    outgoing.write('{"Rules":[');
    setImmediate(() => outgoing.destroy());
  } else if (fault) {
    incoming.resume();
    outgoing.writeHead(fault.status, { 'content-type': 'application/x-amz-json-1.1' });
    outgoing.end(JSON.stringify({ __type: fault.error, message: fault.message }));
  } else {
    const forward = httpRequest(
      endpoint + (incoming.url ?? '/'),
      { method: incoming.method, headers: incoming.headers },
      answer => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forward.on('error', () => outgoing.destroy());
    incoming.pipe(forward);
  }
}
