import { expect, test } from 'vitest';
import type { MailboxLoss } from './mailbox.ts';
import type { PersonInput } from './person-input.ts';
import type { SkuPartNumber } from './skus.ts';
import { aSmallTenant } from './small-tenant.fixture.ts';

type Given = NonNullable<PersonInput['mailbox']>;
const archive = { archive: true } as const;
const hold = { litigationHold: true } as const;
const eDiscovery = { inPlaceHolds: ['UniH7d895d48-7e23-4a8d-8346-533c3beac15d'] } as const;
const onlyDeletes = { inPlaceHolds: ['mbxcdbbb86ce60342489bff371876e7f224:1'] } as const;
const shared = { type: 'SharedMailbox' } as const;

/** What a mailbox has lost after `days` with nothing but these licences left of an E5 and them. */
function lossesWith(left: readonly SkuPartNumber[], mailbox: Given, days = 30): readonly MailboxLoss[] {
  const { removeLicenses, clock, getState } = aSmallTenant([{ kind: 'ida', licenses: ['SPE_E5', ...left], mailbox }]);
  removeLicenses('ida', 'SPE_E5');
  clock.advance({ days });
  return getState('ida').mailbox?.losses ?? [];
}

const planTwo = ['EXCHANGEENTERPRISE'] as const;
const planOne = ['EXCHANGESTANDARD'] as const;
const withAddOn = ['EXCHANGESTANDARD', 'EXCHANGEARCHIVE_ADDON'] as const;
const kiosk = ['SPE_F1'] as const;
const addOnAlone = ['EXCHANGEARCHIVE_ADDON'] as const;

test.each<[string, readonly SkuPartNumber[], Given, MailboxLoss[]]>([
  ['an archive with Plan 2', planTwo, archive, []],
  ['an archive with Plan 1 and the add-on', withAddOn, archive, []],
  ['an archive with Plan 1', planOne, archive, ['archive']],
  ['an archive with Kiosk', kiosk, archive, ['archive']],
  ['a hold with Plan 2', planTwo, hold, []],
  ['a hold with Plan 1 and the add-on', withAddOn, hold, []],
  ['a hold with Plan 1', planOne, hold, ['hold']],
  ['a hold with Kiosk', kiosk, hold, ['hold']],
  ['an eDiscovery hold with Plan 1', planOne, eDiscovery, ['hold']],
  ['a policy that only deletes, with Plan 1', planOne, onlyDeletes, []],
  ['a shared archive with Plan 2', planTwo, { ...shared, ...archive }, []],
  ['a shared archive with Plan 1 and the add-on', withAddOn, { ...shared, ...archive }, []],
  ['a shared archive with Plan 1', planOne, { ...shared, ...archive }, ['archive']],
  ['a shared archive with the add-on alone', addOnAlone, { ...shared, ...archive }, ['archive']],
  ['a shared archive on hold with Visio', ['VISIOCLIENT'], { ...shared, ...archive, ...hold }, ['archive', 'hold']],
  ['62 shared GB with Plan 2', planTwo, { ...shared, sizeGb: 62 }, []],
  ['62 shared GB with Plan 1 and the add-on', withAddOn, { ...shared, sizeGb: 62 }, ['locked']],
  ['49 shared GB with nothing', [], { ...shared, sizeGb: 49 }, []],
  ['a person’s own mailbox with Plan 1', planOne, {}, []],
  ['a person’s own mailbox with the add-on alone', addOnAlone, archive, ['data']],
])('%s: lost after thirty days %#', (_, left, mailbox, losses) => {
  expect(lossesWith(left, mailbox, 29)).toEqual([]);
  expect(lossesWith(left, mailbox)).toEqual(losses);
});

test('an archive whose add-on went is put away thirty days after it, whatever went later', () => {
  const mailbox = { ...archive, ...shared };
  const { removeLicenses, clock, getState } = aSmallTenant([{ kind: 'hauke', licenses: withAddOn, mailbox }]);
  removeLicenses('hauke', 'EXCHANGEARCHIVE_ADDON');
  clock.advance({ days: 20 });
  removeLicenses('hauke', 'EXCHANGESTANDARD');
  clock.advance({ days: 10 });
  expect(getState('hauke').mailbox).toMatchObject({ losses: ['archive'] });
});

test('an add-on that comes back in time keeps the archive', () => {
  const { removeLicenses, addLicenses, clock, getState } = aSmallTenant([
    { kind: 'hauke', licenses: withAddOn, mailbox: archive },
  ]);
  removeLicenses('hauke', 'EXCHANGEARCHIVE_ADDON');
  clock.advance({ days: 29 });
  expect(getState('hauke').mailbox?.unpaidSince).toEqual({ archive: expect.any(Number) });
  addLicenses('hauke', 'EXCHANGEARCHIVE_ADDON');
  clock.advance({ days: 100 });
  expect(getState('hauke').mailbox).toMatchObject({ losses: [], unpaidSince: {}, isConnected: true });
});

test('what generated people have is paid for by their licences, for as long as these stay', () => {
  const { tenant, clock } = aSmallTenant([], {}, 2000);
  const people = Array.from({ length: tenant.people.size }, (_, index) => tenant.people.change(index));
  const generated = people.filter(({ kind }) => kind === null);
  expect(generated.some(({ mailbox }) => mailbox?.archive)).toBe(true);
  clock.advance({ days: 400 });
  const losses = generated.flatMap(({ index }) => {
    const { mailbox, oneDrive } = tenant.people.get(index);
    return [...(mailbox?.losses ?? []), ...(oneDrive?.losses ?? [])];
  });
  expect(losses).toEqual([]);
});

test.each<[string, readonly SkuPartNumber[], Given, MailboxLoss[]]>([
  ['a person’s own mailbox with Plan 1', planOne, {}, []],
  ['a shared one with Plan 1', planOne, shared, []],
  ['one on litigation hold, too, with Plan 1', planOne, hold, ['hold']],
  ['a shared one without a licence', [], shared, ['hold']],
])('under a policy over the whole organisation, %s loses %#', (_, licenses, mailbox, losses) => {
  const organizationHolds = ['mbx7cfb30345d454ac0a989ab3041051209:3'];
  const { clock, getState } = aSmallTenant([{ kind: 'ida', licenses, mailbox }], {
    organizationHolds,
  });
  clock.advance({ days: 31 });
  expect(getState('ida').mailbox?.losses).toEqual(losses);
});
