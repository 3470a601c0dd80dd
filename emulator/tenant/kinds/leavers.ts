// Named people who are inactive in an ordinary way, one for each state of their licences, manager, mailbox or directory.
import type { PersonInput } from '../person-input.ts';
import { PLANS } from '../service-plans.ts';

const quiet = { inactiveDays: 143, manager: 'lineManager' } as const;

export const leavers = {
  inactiveDirect: {
    ...quiet,
    displayName: 'Ana Reyes',
    userPrincipalName: 'ana.reyes@contoso.com',
  },
  /** An account from before 2014: a member, although Graph does not say so. */
  userTypeNull: { ...quiet, displayName: 'Olga Prien', userType: null, createdDaysAgo: 4800 },
  inactiveE5: { ...quiet, displayName: 'Boris Winter', licenses: ['SPE_E5'] },
  inactiveByGroup: { ...quiet, displayName: 'Clara Stein', licenses: [{ sku: 'SPE_E3', group: true }] },
  inactiveBoth: {
    ...quiet,
    displayName: 'Dario Conti',
    licenses: ['SPE_E3', { sku: 'SPE_E3', group: true }],
  },
  inactiveMixed: {
    ...quiet,
    displayName: 'Dina Roth',
    licenses: [{ sku: 'SPE_E3', group: true }, 'VISIOCLIENT', 'FLOW_FREE'],
  },
  inactiveDisabledPlans: {
    ...quiet,
    displayName: 'Elsa Vogt',
    licenses: [
      { sku: 'SPE_E3', disabledPlans: [PLANS.yammer.servicePlanId, PLANS.skype.servicePlanId] },
      'VISIOCLIENT',
    ],
  },
  inactiveFreeSkus: {
    ...quiet,
    displayName: 'Farid Haddad',
    licenses: ['FLOW_FREE', 'POWER_BI_STANDARD'],
  },
  inactiveUnlicensed: { ...quiet, displayName: 'Greta Lund', licenses: [] },
  inactiveManyLicenses: {
    ...quiet,
    displayName: 'Hugo Mata',
    licenses: ['SPE_E3', 'VISIOCLIENT', 'PROJECTPROFESSIONAL', 'POWER_BI_PRO', 'FLOW_FREE'],
  },
  /** The phone add-on depends on a plan of the suite: both must go in one call. */
  inactivePhone: { ...quiet, displayName: 'Iris Hahn', licenses: ['SPE_E3', 'MCOEV'] },
  inactiveLicenseError: {
    ...quiet,
    displayName: 'Jonas Eck',
    oneDrive: { sizeMb: 40, files: 18 },
    licenses: ['ENTERPRISEPACK', { sku: 'VISIOCLIENT', group: true, state: 'Error', error: 'CountViolation' }],
  },
  inactiveNoUsageLocation: { ...quiet, displayName: 'Kaya Demir', usageLocation: null },
  inactiveManagerMissing: { ...quiet, displayName: 'Lars Holm', manager: null },
  inactiveManagerDisabled: { ...quiet, displayName: 'Mina Sato', manager: 'managerDisabled' },
  inactiveManagerExternal: { ...quiet, displayName: 'Nils Frank', manager: 'managerExternal' },
  inactiveManagerInactive: { ...quiet, displayName: 'Olga Petrenko', manager: 'managerInactive' },
  inactiveSynced: { ...quiet, displayName: 'Paul Richter', synced: true },
  inactiveSyncedByGroup: {
    ...quiet,
    displayName: 'Pia Ritter',
    synced: true,
    licenses: [{ sku: 'SPE_E3', group: true }],
  },
  formerlySynced: { ...quiet, displayName: 'Rita Moor', synced: false },
  activeSynced: { displayName: 'Sam Hill', synced: true, manager: 'lineManager' },
  activeCloud: { displayName: 'Tina Bell', manager: 'lineManager' },
  disabledLicensed: { ...quiet, displayName: 'Uwe Jansen', accountEnabled: false },
  disabledUnlicensed: {
    ...quiet,
    displayName: 'Vera Lind',
    accountEnabled: false,
    licenses: [],
  },
  disabledShared: {
    ...quiet,
    displayName: 'Willem Bos',
    accountEnabled: false,
    licenses: [],
    mailbox: { type: 'SharedMailbox', sizeGb: 9 },
  },
  largeMailbox: { ...quiet, displayName: 'Xenia Pop', mailbox: { sizeGb: 62 } },
  archiveMailbox: { ...quiet, displayName: 'Yann Leroy', mailbox: { sizeGb: 20, archive: true } },
  litigationHold: { ...quiet, displayName: 'Zora King', mailbox: { sizeGb: 8, litigationHold: true } },
  contractor: { ...quiet, displayName: 'Abel Cruz', employeeType: 'Contractor' },
  leaver: { ...quiet, displayName: 'Beate Ott', leaveDaysAgo: 140 },
} as const satisfies Record<string, PersonInput>;
