import type { PersonInput } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { anInactive, aTenantToApplyTo, delicensed, disabled } from '../tenant/tenant-to-apply-to.fixture.ts';

// A file comes back from archive/ because the mailbox has turned back: the state does not know the account.

/** Long after the evidence of its review. */
const late = { guard: { today: '2027-12-31' } };

async function flo(now: PersonInput, saved: readonly string[] = ['SPE_E3']) {
  const tenant = await aTenantToApplyTo([
    anInactive({ kind: 'flo', accountEnabled: false, ...now }),
    anInactive({ kind: 'usual' }),
  ]);
  const { restore, from } = tenant.change('usual');
  return {
    ...tenant,
    change: tenant.change('flo', { ...from, ...disabled }, { restore, from, isNew: true, saved }),
  };
}

const shared = { type: 'SharedMailbox' as const };

test('what saves a mailbox is given, although the state never saw it taken, on evidence of whatever age', async () => {
  const { change, apply, writes, emulator } = await flo({ licenses: [], mailbox: shared });
  emulator.applyEvents('flo', { mailbox: { type: 'UserMailbox' } });
  const outcome = await apply(change, late);
  expect(outcome).toMatchObject({ refused: [], failure: null, reached: change.to });
  expect(writes()).toContain('POST /users/flo/assignLicense');
});

test('what somebody has given back already is not given twice, and the mailbox is shared again', async () => {
  const { change, apply, writes } = await flo({});
  expect(await apply(change, late)).toMatchObject({ refused: [], failure: null, reached: change.to });
  expect(writes()).toEqual(['Set-Mailbox flo Shared']);
});

test('an account that may sign in again is left alone', async () => {
  const { change, apply, writes } = await flo({ accountEnabled: true });
  const { refused } = await apply(change, late);
  expect(refused).not.toEqual([]);
  expect(writes()).toEqual([]);
});

test('of a file without such a licence nothing is given that the stage keeps', async () => {
  const { change, apply, writes } = await flo({ licenses: [], mailbox: shared }, []);
  expect(await apply(change, late)).toMatchObject({ done: [] });
  expect(writes()).toEqual([]);
});

test('of an account that the state knows, a mailbox that was shared is shared again on old evidence, and no licence goes on it', async () => {
  const { change, apply, writes } = await flo({});
  const from = { ...change.from, ...disabled };
  const known = { ...change, isNew: false, from };
  expect(await apply({ ...known, to: from }, late)).toMatchObject({ refused: [] });
  expect(writes()).toEqual(['Set-Mailbox flo Shared']);
  const more = { ...known, to: { ...from, ...delicensed } };
  expect((await apply(more, late)).refused).toMatchObject([{ code: 'evidence-too-old' }]);
});

test('anyone who is protected by now is not shared again either', async () => {
  const { change, apply, writes } = await flo({ jobTitle: 'Chief Financial Officer' });
  expect((await apply(change, late)).refused).toMatchObject([{ code: 'protected' }]);
  expect(writes()).toEqual([]);
});
