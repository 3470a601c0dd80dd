// Benchmark of the audit against the embedded tenant: requests, memory, speed, and the usual script, in one run.
// `node bench/audit.ts [--users 100000] [--latency 0] [--sample 2000] [--cli-microsoft365]`
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { trustAuthority } from '../emulator/trust.ts';
import { type CliFigures, listUsers, version } from './audit/cli-microsoft365.ts';
import type { AuditFigures, TenantFacts, UsualFigures } from './audit/figures.ts';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    latency: { type: 'string', default: '0' },
    sample: { type: 'string', default: '2000' },
    'cli-microsoft365': { type: 'boolean', default: false },
  },
});
const users = Number(values.users);
const scripts = {
  tenant: new URL('audit/tenant.ts', import.meta.url).pathname,
  ours: new URL('audit/ours.ts', import.meta.url).pathname,
  usual: new URL('audit/usual.ts', import.meta.url).pathname,
};

const tenant = execa(process.execPath, [scripts.tenant, values.users, values.latency], {
  stderr: 'inherit',
  reject: false,
});
try {
  const [line] = await once(createInterface({ input: tenant.stdout }), 'line');
  const facts: TenantFacts = JSON.parse(String(line));
  const env = environmentOf(facts);
  const ours: AuditFigures = await measured(scripts.ours, [], env);
  const usual: UsualFigures = await measured(scripts.usual, [values.sample], env);
  const hasLatency = Number(values.latency) > 0;
  const alone: AuditFigures | null = hasLatency ? await measured(scripts.ours, ['alone'], env) : null;
  print([...auditRows(ours), ...usualRows(ours, usual), ...(alone ? [aloneRow(ours, alone)] : [])]);
  if (values['cli-microsoft365']) {
    trustAuthority(await readFile(facts.caFile, 'utf8'));
    print([cliRow(ours, await listUsers(facts))]);
  }
} finally {
  tenant.stdin.end();
  await tenant;
}

type Row = [name: string, value: string];

async function measured<T>(script: string, args: readonly string[], env: Record<string, string>): Promise<T> {
  const { stdout } = await execa(process.execPath, [script, ...args], { env, stderr: 'inherit' });
  return JSON.parse(stdout);
}

function environmentOf(facts: TenantFacts): Record<string, string> {
  return {
    DORMANT_EMULATOR_URL: facts.url,
    NODE_EXTRA_CA_CERTS: facts.caFile,
    AZURE_CLIENT_SECRET: facts.auditSecret,
    BENCH_TENANT_ID: facts.tenantId,
    BENCH_AUDIT_CLIENT_ID: facts.auditClientId,
    BENCH_APPLY_CLIENT_ID: facts.applyClientId,
    BENCH_TODAY: facts.today,
  };
}

function auditRows({ accounts, requests, auditSeconds, totalSeconds, peakMegabytes }: AuditFigures): Row[] {
  const { total } = requests;
  const least = Math.ceil(users / 500);
  const { whole, audit, plan } = peakMegabytes;
  return [
    ['accounts', `${accounts}, ${values.latency} ms added to each request`],
    ['requests', `${total}; the least possible is ${least} pages of users: ${total - least} more`],
    ['peak memory of the process', `${whole} MB (${audit} MB after the reading, ${plan} MB after the plan)`],
    ['time to audit', `${auditSeconds.toFixed(1)} s, ${Math.round(users / auditSeconds)} users a second`],
    ['with plan, CSVs and audit.json', `${totalSeconds.toFixed(1)} s`],
  ];
}

/** The usual script takes the same time for each user, so a sample of them tells about all. */
function usualRows({ auditSeconds, requests }: AuditFigures, usual: UsualFigures): Row[] {
  const wholeSeconds = (usual.seconds / usual.users) * users;
  const wholeRequests = (usual.requests / usual.users) * users;
  const ratio = `${Math.round(wholeSeconds / auditSeconds)} times faster`;
  const fewer = `${Math.round(wholeRequests / requests.total)} times fewer requests`;
  return [
    [
      'the usual script',
      `${usual.users} users in ${usual.seconds.toFixed(1)} s; all: ${Math.round(wholeSeconds)} s`,
    ],
    ['ratio', `${ratio}, ${fewer}`],
  ];
}

function aloneRow(ours: AuditFigures, alone: AuditFigures): Row {
  const [together, inTurn] = [ours.listingSeconds, alone.listingSeconds];
  const ratio = (inTurn / together).toFixed(1);
  return [
    'listing in parts',
    `${together.toFixed(1)} s; following nextLink alone ${inTurn.toFixed(1)} s, ${ratio} times as long`,
  ];
}

/** It lists users and does nothing else; beside it stands what our whole audit takes. */
function cliRow(ours: AuditFigures, { users: listed, requests, seconds, megabytes }: CliFigures): Row {
  const ratio = `${(seconds / ours.auditSeconds).toFixed(1)} times as long as the whole audit`;
  return [
    `cli-microsoft365 ${version}`,
    `lists ${listed} users and no more: ${requests} requests, ${seconds.toFixed(1)} s (${ratio}), ${megabytes} MB`,
  ];
}

function print(rows: readonly Row[]): void {
  for (const [name, value] of rows) process.stdout.write(`${name.padEnd(32)}${value}\n`);
}
