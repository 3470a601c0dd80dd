// docs/guides/records.md by Amazon's own command line, on a server of ours: what its lines make, and what a writer can then do.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type S3Gateway, startS3Gateway } from '../forge/store/s3-gateway.fixture.ts';
import { installOnce } from './backends/server-process.fixture.ts';
import { readGuideCommands } from './guides/guide-commands.fixture.ts';

const version = '1.46.3';
const bytes = new TextEncoder().encode('record');
const lines = readGuideCommands('records.md').map(({ text }) => text);

let gateway: S3Gateway;
let folder: string;
let aws: string;

beforeAll(async () => {
  aws = await installOnce(`awscli-${version}`, 'bin/aws', async (into) => {
    await execa('python3', ['-m', 'venv', into]);
    await execa(join(into, 'bin/python'), ['-m', 'pip', 'install', '--quiet', `awscli==${version}`]);
  });
  gateway = await startS3Gateway();
  folder = await mkdtemp(join(tmpdir(), 'dormant-guide-'));
});
afterAll(async () => {
  await gateway.close();
  await rm(folder, { recursive: true });
});

test('the lines of the guide make a bucket in which records are held and added', async () => {
  await run(/^aws s3api create-bucket /);
  await run(/^cat > lock\.json /);
  await run(/^aws s3api put-object-lock-configuration /);
  const owner = await gateway.open('contoso-records');
  expect(await owner.readImmutability()).toEqual({ kind: 'days', days: 730, mode: 'COMPLIANCE' });

  // This server has users in the place of roles. It knows no condition `s3:if-none-match`, and refuses the whole policy for it.
  await gateway.addUser('writer');
  await run(/^cat > policy\.json /);
  const policy = (await readFile(join(folder, 'policy.json'), 'utf8')).replaceAll(/"arn:aws:iam::[^"]*"/g, '"writer"');
  await writeFile(join(folder, 'policy.json'), policy);
  const put = /^aws s3api put-bucket-policy /;
  await expect(run(put)).rejects.toThrow('Policy has an invalid condition key');
  const { Version, Statement }: { Version: string; Statement: { Sid: string }[] } = JSON.parse(policy);
  const known = { Version, Statement: Statement.filter(({ Sid }) => Sid !== 'NeverReplace') };
  await writeFile(join(folder, 'policy.json'), JSON.stringify(known));
  await run(put);

  const writer = await gateway.open('contoso-records', 'writer');
  expect(await writer.create('contoso/a', bytes)).toBe('created');
  expect(await writer.create('contoso/a', bytes)).toBe('exists');
  expect(await writer.readImmutability()).toEqual({ kind: 'days', days: 730, mode: 'COMPLIANCE' });
  await expect(writer.erase('contoso/a')).rejects.toMatchObject({ code: 'record-store' });
  expect(await owner.erase('contoso/a')).toMatchObject({ kind: 'kept' });

  await run(/^mkdir copy$/);
  await run(/^aws s3 sync /);
  expect(await readFile(join(folder, 'copy/contoso/a'), 'utf8')).toBe('record');
});

test('the lines that make a role have only options that Amazon’s command line knows', async () => {
  await run(/^cat > trust\.json /);
  await run(/^aws iam create-open-id-connect-provider /, '--generate-cli-skeleton input');
  await run(/^aws iam create-role /, '--generate-cli-skeleton input');
});

/** `more`: what keeps it from asking a server that has no such service. */
async function run(line: RegExp, more = ''): Promise<void> {
  const found = lines.filter((text) => line.test(text));
  expect(found).toHaveLength(1);
  const { s3 } = gateway.settings('contoso-records');
  await execa('bash', ['-ec', more === '' ? `${found[0]}` : `${found[0]} ${more}`], {
    cwd: folder,
    env: {
      PATH: `${join(aws, '..')}:${process.env.PATH}`,
      AWS_ENDPOINT_URL: s3.endpoint,
      AWS_ACCESS_KEY_ID: 'owner',
      AWS_SECRET_ACCESS_KEY: 'owner-secret',
      AWS_DEFAULT_REGION: s3.region,
      AWS_CONFIG_FILE: join(folder, 'none'),
    },
  });
}
