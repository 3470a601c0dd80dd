// The administrators' CLI that many scripts are built on, listing users of the embedded tenant. This is its best case: it
// has no command for what else an audit needs (licences per user require a signed-in person).
import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { requireFields } from '../../graph/json-fields.ts';
import type { TenantFacts } from './figures.ts';

export const version = '11.11.0';

/** Names that the emulator's certificate needs for it. */
export const hostnames = ['graph.microsoft.com', 'login.microsoftonline.com'];

export interface CliFigures {
  users: number;
  requests: number;
  seconds: number;
  megabytes: number;
}

/** Lists all users with the properties that the audit reads. */
export async function listUsers(facts: TenantFacts): Promise<CliFigures> {
  const cli = await ensureInstalled();
  const home = join(cli, 'home');
  await rm(home, { recursive: true, force: true }); // it keeps tokens, which are of another tenant
  await mkdir(home);
  const runM365 = (...args: string[]) =>
    execa(process.execPath, [join(cli, 'node_modules/@pnp/cli-microsoft365/dist/index.js'), ...args], {
      env: {
        HOME: home,
        CLIMICROSOFT365_NOUPDATE: '1',
        DORMANT_EMULATOR_URL: facts.url,
        NODE_EXTRA_CA_CERTS: facts.caFile,
        NODE_OPTIONS: `--import=${new URL('redirect.ts', import.meta.url).href}`,
      },
      maxBuffer: 1024 ** 3,
    });
  const { auditClientId, auditSecret, tenantId } = facts;
  const identity = ['--appId', auditClientId, '--secret', auditSecret, '--tenant', tenantId];
  await runM365('login', '--authType', 'secret', ...identity, '--output', 'none');

  const before = await countRequests(facts);
  const started = performance.now();
  const { stdout, stderr } = await runM365('entra', 'user', 'list', '--properties', properties);
  const seconds = (performance.now() - started) / 1000;
  const listed: unknown = JSON.parse(stdout);
  return {
    users: Array.isArray(listed) ? listed.length : 0,
    requests: (await countRequests(facts)) - before,
    seconds,
    megabytes: Number(/megabytes (\d+)/.exec(stderr)?.[1]),
  };
}

const properties = [
  'id,userPrincipalName,displayName,mail,department,jobTitle,accountEnabled,userType,createdDateTime',
  'assignedLicenses,licenseAssignmentStates,onPremisesSyncEnabled,signInActivity,manager/id',
].join(',');

/** 400 MB, so only once per machine. */
async function ensureInstalled(): Promise<string> {
  const folder = join(homedir(), '.cache', 'dormant', `cli-microsoft365-${version}`);
  await mkdir(folder, { recursive: true });
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
  await execa('npm', ['install', '--prefix', folder, ...options, `@pnp/cli-microsoft365@${version}`], {
    stdout: 'ignore',
    stderr: 'inherit',
  });
  return folder;
}

async function countRequests({ url }: TenantFacts): Promise<number> {
  const log = await fetch(`${url}/_emulator/log?method=none`);
  return Number(requireFields(await log.json(), 'the log').last);
}
