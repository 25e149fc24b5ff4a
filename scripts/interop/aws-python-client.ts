/**
 * Drives local-aws with AWS's Python SDK core (botocore), which shares no code with the JavaScript SDK of the tests: other
 * serializers and other checks. Exit status 1 when a check fails.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startLocalAws } from '../../packages/local-aws/src';
import { installBotocore } from './lib/botocore';

async function main(): Promise<void> {
  const folder = installBotocore();
  const server = await startLocalAws();
  try {
    process.exitCode = await new Promise<number>((resolve, reject) => {
      const child = spawn('python3', [join(__dirname, 'botocore-client.py'), server.endpoint], {
        stdio: 'inherit',
        env: {
          ...process.env,
          PYTHONPATH: folder,
          AWS_EC2_METADATA_DISABLED: 'true',
        },
      });
      child.on('error', reject);
      child.on('close', code => resolve(code ?? 1));
    });
  } finally {
    await server.close();
  }
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
