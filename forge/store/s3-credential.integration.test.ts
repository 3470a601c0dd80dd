// A job's role: GitHub's token goes to AWS's token service, and its keys sign what goes to the bucket.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test, vi } from 'vitest';
import { openRecordStore } from './open-record-store.ts';
import { startS3Gateway } from './s3-gateway.fixture.ts';

afterEach(() => vi.unstubAllEnvs());

test('in a job the role’s keys are made from a token that is asked for when they are needed', async () => {
  const gateway = await startS3Gateway();
  const tokens = await startTokenServices();
  try {
    await gateway.addBucket('role');
    // The library reads this one itself: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
    vi.stubEnv('AWS_ENDPOINT_URL_STS', tokens.url);
    const env = {
      RECORDS_AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/dormant-records',
      ACTIONS_ID_TOKEN_REQUEST_URL: `${tokens.url}/github`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job',
    };
    const store = await openRecordStore(gateway.settings('role'), { root: '/', cloud: 'emulator', env });
    expect(tokens.asked).toEqual([]);
    expect(await store.create('a', new TextEncoder().encode('record'))).toBe('created');
    expect(await store.create('b', new TextEncoder().encode('record'))).toBe('created');
    expect(tokens.asked).toEqual([
      'sts.amazonaws.com',
      'AssumeRoleWithWebIdentity arn:aws:iam::111122223333:role/dormant-records a-token-of-github',
    ]);
  } finally {
    tokens.close();
    await gateway.close();
  }
});

/** GitHub's and AWS's, by https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html. */
async function startTokenServices() {
  const asked: string[] = [];
  const server = createServer(async (request, answer) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    if (url.pathname === '/github') {
      asked.push(url.searchParams.get('audience') ?? '');
      return answer.end(JSON.stringify({ value: 'a-token-of-github' }));
    }
    const form = new URLSearchParams(await text(request));
    asked.push(['Action', 'RoleArn', 'WebIdentityToken'].map((name) => form.get(name)).join(' '));
    const keys = `<AccessKeyId>owner</AccessKeyId><SecretAccessKey>owner-secret</SecretAccessKey>`;
    const ends = new Date(Date.now() + 3_600_000).toISOString();
    const credentials = `<Credentials>${keys}<SessionToken></SessionToken><Expiration>${ends}</Expiration></Credentials>`;
    const result = `<AssumeRoleWithWebIdentityResult>${credentials}</AssumeRoleWithWebIdentityResult>`;
    answer.setHeader('content-type', 'text/xml');
    return answer.end(
      `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}</AssumeRoleWithWebIdentityResponse>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { asked, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
