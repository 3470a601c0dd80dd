// The embedded tenant in a process of its own, so that its memory is not counted as the audit's. Stops when its input ends.
import { startEmulator } from '../../emulator/emulator.ts';
import { hostnames } from './cli-microsoft365.ts';
import type { TenantFacts } from './figures.ts';

const users = Number(process.argv[2] ?? 2000);
const latencyMs = Number(process.argv[3] ?? 0);
const emulator = await startEmulator({
  users,
  hostnames,
  switches: { latencyMs, concealmentDelaySeconds: 0, budgets: 'documented' },
  logLimit: 0,
});
const { audit, apply } = emulator.identities;
const facts: TenantFacts = {
  url: emulator.url,
  caFile: emulator.caFile,
  tenantId: emulator.tenant.id,
  auditClientId: audit?.clientId ?? '',
  auditSecret: audit?.clientSecret ?? '',
  applyClientId: apply?.clientId ?? '',
  today: new Date(emulator.tenant.clock.now()).toISOString().slice(0, 10),
};
process.stdout.write(`${JSON.stringify(facts)}\n`);
process.stdin.resume();
process.stdin.on('end', async () => {
  await emulator.close();
  process.exit(0);
});
