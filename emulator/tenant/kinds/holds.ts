// Named people with real and apparent holds, with mailboxes that do not stay shared, and with licences that a rule removes.
import { DYNAMIC_LICENSE_GROUPS } from '../license-groups.ts';
import type { PersonInput } from '../person-input.ts';

const quiet = { inactiveDays: 143, manager: 'lineManager' } as const;
const [whoMaySignIn, whoIsInSales] = DYNAMIC_LICENSE_GROUPS.map(({ displayName }) => displayName);

export const holds = {
  eDiscoveryHold: {
    ...quiet,
    displayName: 'Aldo Rivas',
    mailbox: { inPlaceHolds: ['UniH7d895d48-7e23-4a8d-8346-533c3beac15d'] },
  },
  inPlaceHold: {
    ...quiet,
    displayName: 'Berit Dahl',
    mailbox: { inPlaceHolds: ['c0ba3ce811b6432a8751430937152491'] },
  },
  retentionPolicy: {
    ...quiet,
    displayName: 'Celia Oduya',
    mailbox: { inPlaceHolds: ['mbxcdbbb86ce60342489bff371876e7f224:3'] },
  },
  /** Deletes only: nothing is kept. */
  retentionThatDeletes: {
    ...quiet,
    displayName: 'Dirk Vos',
    mailbox: { inPlaceHolds: ['mbx9696959a47ee4bf9a2b0c4f6e4b1d5a1:1'] },
  },
  excludedFromRetention: {
    ...quiet,
    displayName: 'Elin Storm',
    mailbox: { inPlaceHolds: ['-mbx7cfb30345d454ac0a989ab3041051209'] },
  },
  retentionLabelHold: { ...quiet, displayName: 'Fadi Nasser', mailbox: { complianceTagHold: true } },
  delayHold: { ...quiet, displayName: 'Gitte Holm', mailbox: { delayHold: true } },
  delayReleaseHold: { ...quiet, displayName: 'Hari Menon', mailbox: { delayReleaseHold: true } },
  /** Once hybrid: Exchange on premises still has it as a user mailbox. */
  mailboxFlipsBack: {
    ...quiet,
    displayName: 'Ines Prado',
    synced: false,
    mailbox: { flipBackAfterDays: 45 },
  },
  /** Blocked on premises; the licence is the cloud's. */
  hybridMailboxFlipsBack: {
    ...quiet,
    displayName: 'Ilja Brook',
    synced: true,
    accountEnabled: false,
    mailbox: { flipBackAfterDays: 45 },
  },
  dynamicGroupOfEnabled: {
    ...quiet,
    displayName: 'Jarl Moen',
    licenses: [{ sku: 'SPE_E3', group: whoMaySignIn ?? '' }],
  },
  dynamicGroupOfDepartment: {
    ...quiet,
    displayName: 'Kirsi Laine',
    licenses: [{ sku: 'SPE_E3', group: whoIsInSales ?? '' }],
  },
} as const satisfies Record<string, PersonInput>;
