// For the long tests: a server that speaks S3, from its Go module, with a bucket for the state.
import { execa } from 'execa';
import { type Backend, createObjects } from './backend.fixture.ts';
import { startNetwork } from './network.fixture.ts';
import { findFreePort, installOnce, startServer } from './server-process.fixture.ts';

const version = 'v1.2.0';

/** S3's answer to a caller who may only read. */
const refusal =
  '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';

export async function startS3Server(): Promise<Backend> {
  const program = await installOnce(`gofakes3-${version}`, 'gofakes3', installS3Server);
  const port = await findFreePort();
  const options = ['-backend', 'mem', '-initialbucket', 'state', '-host', `127.0.0.1:${port}`];
  const stop = await startServer(program, options, { url: `http://127.0.0.1:${port}/` });
  const network = await startNetwork(port, refusal);
  return {
    url: `s3://state?endpoint=http://127.0.0.1:${network.port}&disableSSL=true&s3ForcePathStyle=true&region=us-east-1`,
    // It accepts any credentials.
    environment: { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any', AWS_REGION: 'us-east-1' },
    network,
    objects: createObjects(`http://127.0.0.1:${port}/state`),
    async close() {
      await network.close();
      await stop();
    },
  };
}

async function installS3Server(folder: string): Promise<void> {
  const gofakes3 = `github.com/johannesboyne/gofakes3/cmd/gofakes3@${version}`;
  await execa('go', ['install', gofakes3], { env: { GOBIN: folder, GOFLAGS: '' } });
}
