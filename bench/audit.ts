// Benchmark of the audit against the embedded tenant: requests, memory, speed, and the usual script, in one run.
// `node bench/audit.ts [--users 100000] [--latency 0] [--sample 2000]`
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { execa } from 'execa';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    latency: { type: 'string', default: '0' },
    sample: { type: 'string', default: '2000' },
  },
});
const users = Number(values.users);
const script = (name: string) => new URL(`audit/${name}.ts`, import.meta.url).pathname;

const tenant = execa('node', [script('tenant'), values.users, values.latency], {
  stderr: 'inherit',
  reject: false,
});
try {
  const lines = createInterface({ input: tenant.stdout });
  const [line] = await once(lines, 'line');
  const env = environmentOf(JSON.parse(String(line)));
  const ours = await measured('ours', [], env);
  const usual = await measured('usual', [values.sample], env);
  print(ours, usual);
} finally {
  tenant.stdin.end();
  await tenant;
}

type Figures = Record<string, unknown>;

async function measured(
  name: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Figures> {
  const { stdout } = await execa('node', [script(name), ...args], { env, stderr: 'inherit' });
  return JSON.parse(stdout);
}

function environmentOf(facts: Record<string, string>): Record<string, string> {
  const { url = '', caFile = '', tenantId = '', auditClientId = '', auditSecret = '' } = facts;
  return {
    DORMANT_EMULATOR_URL: url,
    NODE_EXTRA_CA_CERTS: caFile,
    AZURE_CLIENT_SECRET: auditSecret,
    BENCH_TENANT_ID: tenantId,
    BENCH_AUDIT_CLIENT_ID: auditClientId,
    BENCH_APPLY_CLIENT_ID: facts.applyClientId ?? '',
    BENCH_TODAY: facts.today ?? '',
  };
}

function print(ours: Figures, usual: Figures): void {
  const { total } = ours.requests as { total: number };
  const least = Math.ceil(users / 500);
  const peak = ours.peakMegabytes as { audit: number; plan: number; whole: number };
  const seconds = Number(ours.auditSeconds);
  const usualPerUser = Number(usual.seconds) / Number(usual.users);
  const usualRequests = (Number(usual.requests) / Number(usual.users)) * users;
  const rows: [string, string][] = [
    ['accounts', `${ours.accounts}, ${values.latency} ms added to each request`],
    ['requests', `${total}; the least possible is ${least} pages of users: ${total - least} more`],
    [
      'peak memory of the process',
      `${peak.whole} MB; ${peak.audit} MB up to the end of the reading, ${peak.plan} MB with the plan`,
    ],
    ['time to audit', `${seconds.toFixed(1)} s, ${Math.round(users / seconds)} users a second`],
    ['with plan, CSVs and audit.json', `${Number(ours.totalSeconds).toFixed(1)} s`],
    [
      'the usual script',
      `${usual.users} users in ${Number(usual.seconds).toFixed(1)} s; all would take ${Math.round(usualPerUser * users)} s`,
    ],
    [
      'ratio',
      `${((usualPerUser * users) / seconds).toFixed(0)} times faster, ${Math.round(usualRequests / total)} times fewer requests`,
    ],
  ];
  for (const [name, value] of rows) process.stdout.write(`${name.padEnd(32)}${value}\n`);
}
