import { PLANS, SKUS } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { noRequest } from '../../graph/request-ids.ts';
import { anInactive, aTenantToApplyTo, type TenantToApplyTo } from './tenant-to-apply-to.fixture.ts';
import type { LicenseOrder } from './tenant-writer.ts';
import { toWriteRefusal } from './write-errors.ts';

type Sku = keyof typeof SKUS;
const take = (...skus: Sku[]): LicenseOrder => ({
  addLicenses: [],
  removeLicenses: skus.map((sku) => SKUS[sku].skuId),
});
const give = (...skus: Sku[]): LicenseOrder => ({
  addLicenses: skus.map((sku) => ({ skuId: SKUS[sku].skuId, disabledPlans: [] })),
  removeLicenses: [],
});

/** Microsoft's own refusals, each provoked at the embedded tenant. */
test.each<
  [string, string, string[], Partial<Parameters<typeof anInactive>[0]>, LicenseOrder, (tenant: TenantToApplyTo) => void]
>([
  [
    'license-inherited',
    'a licence of a group',
    ['group'],
    { licenses: [{ sku: 'SPE_E3', group: true }] },
    take('SPE_E3'),
    nothing,
  ],
  [
    'plan-dependency',
    'a plan that another one needs',
    ['MCOEV', 'TEAMS1'],
    { licenses: ['SPE_E3', 'MCOEV'] },
    take('SPE_E3'),
    nothing,
  ],
  [
    'plans-exclusive',
    'two plans that exclude each other',
    ['SHAREPOINTENTERPRISE', 'SHAREPOINTSTANDARD'],
    {},
    give('STANDARDPACK'),
    nothing,
  ],
  ['no-seats', 'the last seat taken', ['VISIOCLIENT'], {}, give('VISIOCLIENT'), soldOut],
  ['no-usage-location', 'no usage location', ['usage location'], { usageLocation: null }, give('VISIOCLIENT'), nothing],
  ['license-not-held', 'a licence that is gone', ['not held'], { licenses: [] }, take('SPE_E3'), nothing],
])('%s: %s becomes a sentence with names instead of ids', async (code, _, words, person, order, event) => {
  const tenant = await aTenantToApplyTo([
    anInactive({ kind: 'max', ...person }),
    anInactive({ kind: 'uma', licenses: ['VISIOCLIENT', 'MCOEV', 'SPE_E5', 'STANDARDPACK'] }),
  ]);
  event(tenant);
  const { writer, reader } = tenant.context();
  const { id } = tenant.emulator.getState('max');
  const refusal: unknown = await writer
    .assignLicense(id, order, await reader.readSubscriptions())
    .catch((error) => error);
  expect(refusal).toMatchObject({ name: 'DormantError', code, where: `POST /users/${id}/assignLicense` });
  const message = refusal instanceof Error ? refusal.message : '';
  for (const word of words) expect(message).toContain(word);
  const requestOf = (path: string) => tenant.emulator.log.listEntries({ path }).at(-1)?.requestId;
  expect(message).toContain(
    `(request-id ${requestOf('assignLicense')}, item 0 of the $batch with request-id ${requestOf('batch')}).`,
  );
  for (const { servicePlanId } of Object.values(PLANS)) expect(message).not.toContain(servicePlanId);
});

test('a synced account that refuses the write says who owns it', async () => {
  const paul = anInactive({ kind: 'paul', synced: true });
  const { context, emulator } = await aTenantToApplyTo([paul], { switches: { syncedAccounts: 'refuse' } });
  const { id } = emulator.getState('paul');
  await expect(context().writer.setAccountEnabled(id, false)).rejects.toMatchObject({
    code: 'on-premises-owned',
    message: expect.stringContaining('Active Directory'),
  });
});

test('the 403 of an account that has become privileged between the read and the write says that no role is to be given', async () => {
  const { context, emulator } = await aTenantToApplyTo();
  emulator.applyEvents('ana', { addGroups: ['Role: spare, not assigned'] });
  await expect(context().writer.setAccountEnabled(emulator.getState('ana').id, false)).rejects.toMatchObject({
    code: 'account-privileged',
    remedy: expect.stringContaining('Do not give'),
  });
  expect(emulator.getState('ana').accountEnabled).toBe(true);
});

test('an account that is deleted between the read and the write is named as gone', async () => {
  const { context, emulator } = await aTenantToApplyTo();
  const { id } = emulator.getState('ana');
  emulator.applyEvents('ana', { delete: true });
  await expect(context().writer.setAccountEnabled(id, false)).rejects.toMatchObject({ code: 'account-gone' });
});

test.each([
  [
    'a refusal that nobody has met keeps Microsoft’s words',
    { error: { code: 'Odd', message: 'So it is.' } },
    'was answered 400 Odd: So it is.',
  ],
  ['an answer without words is still a sentence', undefined, 'was answered 400.'],
])('%s', (_, body, words) => {
  const refusal = toWriteRefusal('PATCH /users/x', { status: 400, body, ...noRequest });
  expect(refusal).toMatchObject({ code: 'write-refused', message: `PATCH /users/x ${words}` });
});

function nothing(): void {}

function soldOut({ emulator }: TenantToApplyTo): void {
  const { seats } = emulator.tenant;
  seats.buy(SKUS.VISIOCLIENT.skuId, seats.countConsumed(SKUS.VISIOCLIENT.skuId));
}
