// Benchmark of the audit against the embedded tenant: requests, memory, speed, compared with the usual script.
// `node bench/audit.ts [--users 100000] [--latency 0] [--sample 2000] [--quota-speed 60] [--sign-ins by-minute]
// [--silent 0.05] [--cli-microsoft365]`. Fails if the outcome is wrong.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type BudgetUse, trustAuthority } from '@dormant-m365/emulator';
import { execa } from 'execa';
import { type CliFigures, listUsers, version } from './audit/cli-microsoft365.ts';
import type { AuditFigures, TenantFacts, UsualFigures } from './audit/figures.ts';
import type { Ways } from './audit/silent-people.ts';
import { failOnFaults } from './fail-on-faults.ts';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    latency: { type: 'string', default: '0' },
    sample: { type: 'string', default: '2000' },
    /** How many times faster than Microsoft's the quota windows pass. */
    'quota-speed': { type: 'string', default: '60' },
    /** Which interpretation of the sign-in quota applies to listings: by-minute or by-family. */
    'sign-ins': { type: 'string', default: 'by-minute' },
    /** Share of inactive members; 0: the tenant's own. */
    silent: { type: 'string', default: '0' },
    'cli-microsoft365': { type: 'boolean', default: false },
  },
});
const users = Number(values.users);
/** One request checks access to sign-ins, two sample inactive people, four are for shared mailboxes if they are few. */
const overhead = 7;
const scripts = {
  tenant: new URL('audit/tenant.ts', import.meta.url).pathname,
  ours: new URL('audit/ours.ts', import.meta.url).pathname,
  usual: new URL('audit/usual.ts', import.meta.url).pathname,
};

const tenant = execa(
  process.execPath,
  [scripts.tenant, values.users, values.latency, values['quota-speed'], values.silent, values['sign-ins']],
  { stderr: 'inherit', reject: false },
);
try {
  const [line] = await once(createInterface({ input: tenant.stdout }), 'line');
  const facts: TenantFacts = JSON.parse(String(line));
  const env = buildEnvironment(facts);
  const ours: AuditFigures = await runMeasured(scripts.ours, [], env);
  const usual: UsualFigures = await runMeasured(scripts.usual, [values.sample], env);
  const hasLatency = Number(values.latency) > 0;
  const alone: AuditFigures | null = hasLatency ? await runMeasured(scripts.ours, ['alone'], env) : null;
  const counted = await readCountedRows(facts, ours);
  print([
    ...buildAuditRows(ours),
    ...buildSignInRows(ours, facts.ways),
    ...counted,
    ...buildUsualRows(ours, usual),
    ...(alone ? [buildAloneRow(ours, alone)] : []),
  ]);
  if (values['cli-microsoft365']) {
    trustAuthority(await readFile(facts.caFile, 'utf8'));
    print([buildCliRow(ours, await listUsers(facts))]);
  }
  failOnFaults(listFaults(ours, facts.ways));
} finally {
  tenant.stdin.end();
  await tenant;
}

type Row = [name: string, value: string];

async function runMeasured<T>(script: string, args: readonly string[], env: Record<string, string>): Promise<T> {
  const { stdout } = await execa(process.execPath, [script, ...args], { env, stderr: 'inherit' });
  return JSON.parse(stdout);
}

function buildEnvironment(facts: TenantFacts): Record<string, string> {
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

function buildAuditRows({ accounts, requests, auditSeconds, totalSeconds, peakMegabytes }: AuditFigures): Row[] {
  const { total } = requests;
  const least = Math.ceil(users / 999);
  const { whole, audit, plan } = peakMegabytes;
  return [
    ['accounts', `${accounts}, ${values.latency} ms added to each request`],
    ['requests', `${total}; the least possible is ${least} pages of users: ${total - least} more`],
    ['peak memory of the process', `${whole} MB (${audit} MB after the reading, ${plan} MB after the plan)`],
    ['time to audit', `${auditSeconds.toFixed(1)} s, ${Math.round(users / auditSeconds)} users a second`],
    ['with plan, CSVs and audit.json', `${totalSeconds.toFixed(1)} s`],
  ];
}

function buildSignInRows({ requests, signInSeconds }: AuditFigures, ways: Ways): Row[] {
  const speed = Number(values['quota-speed']);
  const reading = values['sign-ins'] === 'by-family' ? '5 in 10 s' : '10 a minute';
  const { silent, oldSuccessesAndIds, idsAlone, everybody } = ways;
  const minutes = ((signInSeconds * speed) / 60).toFixed(1);
  return [
    ['windows of the quotas', `${speed} times as fast as Microsoft’s; listings of sign-ins ${reading}`],
    ['requests for sign-ins', `${countSignInRequests(requests)}; ${requests.retries} requests were sent again`],
    [
      'for all who are silent',
      `${silent} people: old successes and ids ${oldSuccessesAndIds}, ids alone ${idsAlone}, everybody ${everybody}`,
    ],
    ['time for sign-ins', `${signInSeconds.toFixed(1)} s, at Microsoft’s speed at most ${minutes} minutes`],
  ];
}

/** HTTP requests, batched items and resource units are counted separately. */
async function readCountedRows({ url, caFile }: TenantFacts, ours: AuditFigures): Promise<Row[]> {
  trustAuthority(await readFile(caFile, 'utf8'));
  const { budgets } = (await (await fetch(`${url}/_emulator/budgets`)).json()) as { budgets: BudgetUse[] };
  const counters = (await (await fetch(`${url}/_emulator/log/counters`)).json()) as Record<string, number>;
  const graph = Object.entries(counters).filter(([route]) => route.includes('/v1.0/'));
  const sum = (of: typeof graph) => of.reduce((total, [, count]) => total + count, 0);
  const batches = sum(graph.filter(([route]) => route.includes('/$batch')));
  const downloads = sum(Object.entries(counters).filter(([route]) => route.includes('/reports/download/')));
  const items = sum(graph) - (ours.requests.total - downloads);
  const units = budgets.filter(({ budget }) => budget === 'resource units');
  const spent = units.reduce((total, use) => total + use.total, 0);
  return [
    ['over the network', `${ours.requests.total} HTTP requests, ${batches} of them batches with ${items} items`],
    ['resource units', `${spent}, at most ${Math.max(...units.map(({ peak }) => peak))} in any 10 s`],
  ];
}

/** Everybody has to be judged, nobody in doubt, with not many more requests than the cheapest way needs. */
function listFaults({ accounts, inDoubt, requests }: AuditFigures, ways: Ways): string[] {
  const sent = countSignInRequests(requests);
  const cheapest = Math.min(ways.oldSuccessesAndIds, ways.idsAlone, ways.everybody);
  return [
    ...(accounts < users * 0.99 ? [`${accounts} accounts were judged, the tenant has ${users}.`] : []),
    ...(inDoubt > 0 ? [`${inDoubt} silent accounts stayed in doubt.`] : []),
    ...(sent > Math.ceil(cheapest * 1.05) + overhead ? [`${sent} requests for sign-ins; ${cheapest} are enough.`] : []),
  ];
}

function countSignInRequests({ bySource }: AuditFigures['requests']): number {
  return (bySource['sign-ins'] ?? 0) + (bySource['sign-in access'] ?? 0);
}

/** The usual script takes the same time for each user, so a sample is enough. */
function buildUsualRows({ auditSeconds, requests }: AuditFigures, usual: UsualFigures): Row[] {
  const wholeSeconds = (usual.seconds / usual.users) * users;
  const wholeRequests = (usual.requests / usual.users) * users;
  const ratio = `${Math.round(wholeSeconds / auditSeconds)} times faster`;
  const fewer = `${Math.round(wholeRequests / requests.total)} times fewer requests`;
  return [
    ['the usual script', `${usual.users} users in ${usual.seconds.toFixed(1)} s; all: ${Math.round(wholeSeconds)} s`],
    ['ratio', `${ratio}, ${fewer}`],
  ];
}

function buildAloneRow(ours: AuditFigures, alone: AuditFigures): Row {
  const [together, inTurn] = [ours.listingSeconds, alone.listingSeconds];
  const ratio = (inTurn / together).toFixed(1);
  return [
    'listing in parts',
    `${together.toFixed(1)} s; following nextLink alone ${inTurn.toFixed(1)} s, ${ratio} times as long`,
  ];
}

/** It only lists users, but is compared with our whole audit. */
function buildCliRow(ours: AuditFigures, { users: listed, requests, seconds, megabytes }: CliFigures): Row {
  const ratio = `${(seconds / ours.auditSeconds).toFixed(1)} times as long as the whole audit`;
  return [
    `cli-microsoft365 ${version}`,
    `lists ${listed} users and no more: ${requests} requests, ${seconds.toFixed(1)} s (${ratio}), ${megabytes} MB`,
  ];
}

function print(rows: readonly Row[]): void {
  for (const [name, value] of rows) process.stdout.write(`${name.padEnd(32)}${value}\n`);
}
