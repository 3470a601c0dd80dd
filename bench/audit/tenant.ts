// The embedded tenant in a separate process, so that its memory does not count as the audit's. Stops when its input ends.
import { startEmulator } from '@dormant-m365/emulator';
import { hostnames } from './cli-microsoft365.ts';
import type { TenantFacts } from './figures.ts';
import { countWays, wakeMembers } from './silent-people.ts';

/** Of policy.yaml. */
const inactiveAfterDays = 90;

const [users, latencyMs, quotaSpeed, silentShare] = process.argv.slice(2, 6).map(Number);
const signInListings = process.argv[6] === 'by-family' ? 'by-family' : 'by-minute';
const emulator = await startEmulator({
  users: users ?? 2000,
  hostnames,
  switches: {
    latencyMs: latencyMs ?? 0,
    quotaSpeed: quotaSpeed ?? 1,
    signInListings,
    concealmentDelaySeconds: 0,
  },
  logLimit: 0,
});
if (silentShare) wakeMembers(emulator.tenant, silentShare, inactiveAfterDays);
const { audit, apply } = emulator.identities;
const facts: TenantFacts = {
  url: emulator.url,
  caFile: emulator.caFile,
  tenantId: emulator.tenant.id,
  auditClientId: audit?.clientId ?? '',
  auditSecret: audit?.clientSecret ?? '',
  applyClientId: apply?.clientId ?? '',
  ways: countWays(emulator.tenant, inactiveAfterDays),
  today: new Date(emulator.tenant.clock.now()).toISOString().slice(0, 10),
};
process.stdout.write(`${JSON.stringify(facts)}\n`);
process.stdin.resume();
process.stdin.on('end', async () => {
  await emulator.close();
  process.exit(0);
});
