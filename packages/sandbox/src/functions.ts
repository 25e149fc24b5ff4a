import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArn, type Resource } from '@busline/infrastructure';

export interface Functions {
  /** URL by function ARN, as the local server wants it. */
  readonly urls: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Stands in for every Lambda function that is a target: takes each event and answers that all went well. */
export async function startFunctions(resources: readonly Resource[]): Promise<Functions> {
  const arns = new Set<string>();
  for (const resource of resources) {
    if (resource.kind !== 'rule') continue;
    for (const target of resource.targets) if (parseArn(target.arn)?.service === 'lambda') arns.add(target.arn);
  }
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.end('{}'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    urls: Object.fromEntries([...arns].map(arn => [arn, `http://127.0.0.1:${port}/${encodeURIComponent(arn)}`])),
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
