import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type AuditedTenant, anAuditedTenant } from '../audit/audited-tenant.fixture.ts';
import { concealNames } from '../audit/collect/concealment.ts';
import { locateJournal } from '../audit/collect/concealment-journal.ts';
import { openAuditedTenant } from '../cli/audit/open-tenant.ts';
import { findReportNames } from '../cli/init/find-report-names.ts';
import type { Tenant } from '../policy/schemas/tenant.ts';

const people = [{ kind: 'ana', displayName: 'Ana', inactiveDays: 143, licenses: ['SPE_E3' as const] }];
const aTenant = (switches: object = {}) => anAuditedTenant({ users: 0, people, switches });
const placeOf = ({ repository, tenant }: AuditedTenant) => locateJournal(repository, 'contoso', tenant.tenantId);
const openAccess = ({ tenant, envOf }: AuditedTenant) => openAuditedTenant(tenant, { env: envOf('audit') });
const patches = ({ emulator }: AuditedTenant) =>
  emulator.log
    .listEntries()
    .filter(({ method }) => method === 'PATCH')
    .map(({ body }) => JSON.parse(body ?? '{}'));
const off = { displayConcealedNames: false };
const on = { displayConcealedNames: true };

test('concealed names are turned off for the reports only, and on again', async () => {
  const tenant = await aTenant();
  const audited = await tenant.audit();
  expect(tenant.find(audited, 'ana')?.judgement.verdict).toBe('inactive');
  expect(patches(tenant)).toEqual([off, on]);
  expect(tenant.emulator.tenant.concealment.isSet).toBe(true);
  expect(existsSync(placeOf(tenant).path)).toBe(false);
});

test('the names are concealed again before the long listing of users begins', async () => {
  const tenant = await aTenant();
  await tenant.audit();
  const lines = tenant.emulator.log.listEntries().map(({ method, path, query }) => `${method} ${path}${query}`);
  const lastPatch = lines.findLastIndex((line) => line.startsWith('PATCH'));
  const listing = lines.findIndex((line) => line.startsWith('GET /v1.0/users?') && line.includes('$top=999'));
  expect(lastPatch).toBeLessThan(listing);
});

const saying = ({ tenant }: AuditedTenant, reportNames: Tenant['reportNames']) => ({
  tenant: reportNames === undefined ? tenant : { ...tenant, reportNames },
});

test('a tenant that shows names, and is to show them, is left as it is', async () => {
  const tenant = await aTenant({ displayConcealedNames: false });
  await tenant.audit(saying(tenant, 'shown'));
  expect(patches(tenant)).toEqual([]);
  expect(tenant.emulator.tenant.concealment.isSet).toBe(false);
});

test('names that somebody has concealed since are concealed again, although they were to be shown', async () => {
  const tenant = await aTenant();
  await tenant.audit(saying(tenant, 'shown'));
  expect(patches(tenant)).toEqual([off, on]);
});

test.each([undefined, 'concealed'] as const)(
  'where tenant.yaml says %s, readable names are concealed after the audit: a lost machine may have left them',
  async (reportNames) => {
    const tenant = await aTenant({ displayConcealedNames: false });
    await tenant.audit(saying(tenant, reportNames));
    expect(patches(tenant)).toEqual([on]);
    expect(tenant.emulator.tenant.concealment.isSet).toBe(true);
    expect(existsSync(placeOf(tenant).path)).toBe(false);
  },
);

test.each(['concealed', 'shown'] as const)(
  'what dormant init found, %s, is what the next audit ends with after one that died with its machine',
  async (had) => {
    const tenant = await aTenant({ displayConcealedNames: had === 'concealed', concealmentDelaySeconds: 3600 });
    const found = await findReportNames(tenant.tenant, tenant.envOf('audit'));
    expect(found).toBe(had);
    // Where names are shown, an audit changes nothing that could get lost.
    if (had === 'concealed') {
      const child = auditInChild(tenant);
      await untilReadable(tenant);
      child.process.kill('SIGKILL');
      await once(child.process, 'exit');
      await rm(placeOf(tenant).path);
    }
    await tenant
      .audit({ ...saying(tenant, found ?? undefined), wait: { everyMs: 20, atMostMs: 200 } })
      .catch(() => null);
    expect(tenant.emulator.tenant.concealment.isSet).toBe(had === 'concealed');
  },
);

test('dormant init that may not read the setting, or is not signed in, finds nothing, and then it is concealed', async () => {
  const roles = ['AuditLog.Read.All', 'Directory.Read.All', 'Reports.Read.All'] as const;
  const tenant = await anAuditedTenant({ users: 0, people, identities: { audit: { appRoles: roles } } });
  expect(await findReportNames(tenant.tenant, tenant.envOf('audit'))).toBeNull();
  expect(await findReportNames(tenant.tenant, { DORMANT_EMULATOR_URL: tenant.emulator.url })).toBeNull();
});

test('dormant conceal conceals what is readable only where that is asked for', async () => {
  const tenant = await aTenant({ displayConcealedNames: false, weather: null });
  const these = { ...openAccess(tenant), place: placeOf(tenant) };
  expect(await concealNames({ ...these, concealsAlways: false })).toBe('nothing-left');
  expect(tenant.emulator.tenant.concealment.isSet).toBe(false);
  expect(await concealNames({ ...these, concealsAlways: true })).toBe('put-back');
  expect(await concealNames({ ...these, concealsAlways: true })).toBe('nothing-left');
  expect(patches(tenant)).toEqual([on]);
});

test('the audit waits until the reports follow', async () => {
  const tenant = await aTenant({ concealmentDelaySeconds: 1 });
  const progress: string[] = [];
  const audited = await tenant.audit({ onProgress: ({ source }) => progress.push(source) });
  expect(tenant.find(audited, 'ana')).toBeDefined();
  expect(progress).toContain('seconds waited for readable names');
});

test('a setting that was just put back and still reads as off is turned off again, and the audit goes through', async () => {
  const tenant = await aTenant();
  await tenant.audit();
  tenant.emulator.tenant.switches.settingDelaySeconds = 3600;
  const { reportSetting } = await openAccess(tenant);
  await reportSetting.setConcealedNames(false);
  tenant.emulator.tenant.clock.advance({ hours: 2 });
  await reportSetting.setConcealedNames(true);
  const before = patches(tenant).length;
  const audited = await tenant.audit({ wait: { everyMs: 20, atMostMs: 120_000 } });
  expect(tenant.find(audited, 'ana')?.judgement.verdict).toBe('inactive');
  expect(patches(tenant).slice(before)).toEqual([off, on]);
  expect(tenant.emulator.tenant.concealment.isSet).toBe(true);
});

test('reports that stay concealed end the audit with a sentence, and the setting is put back', async () => {
  const tenant = await aTenant({ concealmentDelaySeconds: 3600 });
  const auditing = tenant.audit({ wait: { everyMs: 20, atMostMs: 200 } });
  await expect(auditing).rejects.toMatchObject({ code: 'concealed-names' });
  expect(patches(tenant)).toEqual([off, on]);
  expect(existsSync(placeOf(tenant).path)).toBe(false);
});

test('an audit that may not change the setting refuses to plan from concealed names', async () => {
  const roles = ['AuditLog.Read.All', 'Directory.Read.All', 'Reports.Read.All', 'ReportSettings.Read.All'] as const;
  const tenant = await anAuditedTenant({ users: 0, people, identities: { audit: { appRoles: roles } } });
  await expect(tenant.audit()).rejects.toMatchObject({ status: 403 });
  expect(tenant.emulator.tenant.concealment.isSet).toBe(true);
});

test('an audit that may not even read the setting says that the names are concealed', async () => {
  const roles = ['AuditLog.Read.All', 'Directory.Read.All', 'Reports.Read.All'] as const;
  const tenant = await anAuditedTenant({ users: 0, people, identities: { audit: { appRoles: roles } } });
  await expect(tenant.audit()).rejects.toMatchObject({ code: 'concealed-names' });
});

test('an error while the names are readable puts the setting back', async () => {
  const tenant = await aTenant();
  tenant.emulator.faults.add({ kind: 'status', status: 403, path: 'getMailboxUsageDetail' });
  await expect(tenant.audit()).rejects.toMatchObject({ code: 'request-failed' });
  expect(tenant.emulator.tenant.concealment.isSet).toBe(true);
  expect(existsSync(placeOf(tenant).path)).toBe(false);
});

test('an error of another source ends the wait and puts the setting back', async () => {
  const tenant = await aTenant({ concealmentDelaySeconds: 3600 });
  tenant.emulator.faults.add({ kind: 'status', status: 400, path: 'subscribedSkus' });
  // If it went on waiting, the test would time out.
  const auditing = tenant.audit({ wait: { everyMs: 3_600_000, atMostMs: 7_200_000 } });
  await expect(auditing).rejects.toMatchObject({ status: 400 });
  expect(tenant.emulator.tenant.concealment.isSet).toBe(true);
});

test('a setting that cannot be put back is an error that says how, and stays in the journal', async () => {
  const tenant = await aTenant();
  tenant.emulator.faults.add({ kind: 'status', status: 500, method: 'PATCH', nth: 2 });
  await expect(tenant.audit()).rejects.toMatchObject({
    code: 'not-concealed-again',
    remedy: 'Run `dormant conceal contoso`.',
  });
  expect(existsSync(placeOf(tenant).path)).toBe(true);
  tenant.emulator.faults.clear();
  await tenant.audit();
  expect(tenant.emulator.tenant.concealment.isSet).toBe(true);
  expect(existsSync(placeOf(tenant).path)).toBe(false);
});

test('a setting that cannot be put back is told, though another source had failed before', async () => {
  const tenant = await aTenant({ weather: null });
  tenant.emulator.faults.add({ kind: 'status', status: 500, method: 'PATCH', nth: 2 });
  tenant.emulator.faults.add({ kind: 'status', status: 400, path: 'subscribedSkus' });
  tenant.emulator.faults.add({ kind: 'hold', path: 'getMailboxUsageDetail' });
  await expect(tenant.audit()).rejects.toMatchObject({
    code: 'not-concealed-again',
    message: expect.stringMatching(/still readable\. The audit had failed before: GET \S+subscribedSkus/),
    remedy: 'Run `dormant conceal contoso`.',
  });
  expect(existsSync(placeOf(tenant).path)).toBe(true);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s in the middle puts the setting back before the process ends',
  async (signal) => {
    const tenant = await aTenant({ concealmentDelaySeconds: 3600 });
    const child = auditInChild(tenant);
    await untilReadable(tenant);
    child.process.kill(signal);
    const [code] = await once(child.process, 'exit');
    expect(code).toBe(1);
    expect(child.errors()).toContain(`Interrupted by ${signal}`);
    expect(tenant.emulator.tenant.concealment.isSet).toBe(true);
    expect(existsSync(placeOf(tenant).path)).toBe(false);
  },
);

test('after SIGKILL the journal is there, and the next step puts back what it says', async () => {
  const tenant = await aTenant({ concealmentDelaySeconds: 3600 });
  const child = auditInChild(tenant);
  await untilReadable(tenant);
  child.process.kill('SIGKILL');
  await once(child.process, 'exit');
  const place = placeOf(tenant);
  expect(tenant.emulator.tenant.concealment.isSet).toBe(false);
  expect(JSON.parse(await readFile(place.path, 'utf8'))).toMatchObject(on);

  const these = { ...openAccess(tenant), place, concealsAlways: false };
  expect(await concealNames(these)).toBe('put-back');
  expect(tenant.emulator.tenant.concealment.isSet).toBe(true);
  expect(await concealNames(these)).toBe('nothing-left');
});

test('after SIGKILL the next audit does it by itself, and conceals again at its end', async () => {
  const tenant = await aTenant();
  await leave(tenant, { ...on, tenantId: tenant.tenant.tenantId, pid: 2 ** 22 + 1, host: 'elsewhere' });
  tenant.emulator.tenant.concealment.set(false);
  await tenant.audit();
  expect(patches(tenant)).toEqual([on, off, on]);
  expect(existsSync(placeOf(tenant).path)).toBe(false);
});

test('a journal that was cut in half still conceals: the safe side', async () => {
  const tenant = await aTenant({ displayConcealedNames: false });
  await leave(tenant, '{"displayConcea');
  const these = { ...openAccess(tenant), place: placeOf(tenant), concealsAlways: false };
  expect(await concealNames(these)).toBe('put-back');
  expect(tenant.emulator.tenant.concealment.isSet).toBe(true);
});

test('a second audit of the stack is refused while the first one is alive', async () => {
  const tenant = await aTenant({ concealmentDelaySeconds: 3600 });
  const child = auditInChild(tenant);
  await untilReadable(tenant);
  await expect(tenant.audit()).rejects.toMatchObject({ code: 'audit-running' });
  expect(tenant.emulator.tenant.concealment.isSet).toBe(false);
  child.process.kill('SIGTERM');
  await once(child.process, 'exit');
});

test('a journal of another tenant is not acted on', async () => {
  const tenant = await aTenant();
  await leave(tenant, { ...on, tenantId: '00000000-0000-4000-8000-000000000000', pid: 0, host: '' });
  await expect(tenant.audit()).rejects.toMatchObject({ code: 'journal-tenant' });
  expect(patches(tenant)).toEqual([]);
});

async function leave(tenant: AuditedTenant, journal: object | string): Promise<void> {
  const { path } = placeOf(tenant);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, typeof journal === 'string' ? journal : JSON.stringify(journal));
}

/** The child waits for reports that do not become readable, so that it can be killed while waiting. */
function auditInChild(tenant: AuditedTenant): { process: ChildProcess; errors(): string } {
  const input = JSON.stringify({ repository: tenant.repository, tenant: tenant.tenant, rules: tenant.rules });
  const script = new URL('../audit/audit-process.fixture.ts', import.meta.url).pathname;
  const env = { ...process.env, ...tenant.envOf('audit'), NODE_EXTRA_CA_CERTS: tenant.emulator.caFile };
  const child = spawn(process.execPath, [script, input], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { process: child, errors: () => errors };
}

async function untilReadable({ emulator }: AuditedTenant): Promise<void> {
  await expect.poll(() => emulator.tenant.concealment.isSet).toBe(false);
}
