// Named people about whom the sources disagree or say nothing, or whose accounts are too new.
import type { PersonInput } from '../person-input.ts';

const never = { exchange: null, oneDrive: null, sharePoint: null, teams: null } as const;
const manager = 'lineManager';

export const doubts = {
  neverSignedIn: {
    displayName: 'Cora Lehn',
    createdDaysAgo: 210,
    manager,
    signIn: { successful: null },
    lastActivity: never,
    licenses: [{ sku: 'SPE_E3', assignedDaysAgo: 205 }],
  },
  neverSignedInUnlicensed: {
    displayName: 'Dag Vinter',
    createdDaysAgo: 210,
    manager,
    signIn: { successful: null },
    lastActivity: never,
    licenses: [],
  },
  brandNew: {
    displayName: 'Edda Frey',
    createdDaysAgo: 5,
    manager,
    signIn: { successful: null },
    lastActivity: never,
    licenses: [{ sku: 'SPE_E3', assignedDaysAgo: 5 }],
  },
  recentlyLicensed: {
    displayName: 'Falk Horn',
    createdDaysAgo: 400,
    manager,
    inactiveDays: 160,
    licenses: [{ sku: 'SPE_E3', assignedDaysAgo: 6 }],
  },
  returnedFromLeave: {
    displayName: 'Gwen Ash',
    manager,
    signIn: { successful: 3 },
    lastActivity: { exchange: 3, oneDrive: 190, sharePoint: 190, teams: 190 },
  },
  /** An attacker tries passwords: attempts of today, the last success long ago. */
  sprayed: {
    displayName: 'Hana Novotna',
    manager,
    inactiveDays: 155,
    signIn: { successful: 155, attempt: 0 },
  },
  /** Sign-in attempts without any recorded success: it may be the person. */
  triedOnly: {
    displayName: 'Henk Roos',
    manager,
    inactiveDays: 155,
    signIn: { successful: null, attempt: 2 },
  },
  /** The last sign-in was before April 2020, when Entra began to record them. */
  noSignInData: { displayName: 'Ilse Kamp', manager, inactiveDays: 155, signIn: 'missing' },
  servicesActiveNoSignIn: {
    displayName: 'Ivo Kos',
    manager,
    signIn: { successful: null },
    lastActivity: { exchange: 3, oneDrive: 4, sharePoint: 20, teams: 3 },
  },
  signInRecentServicesSilent: {
    displayName: 'Jana Blum',
    manager,
    inactiveDays: 130,
    signIn: { successful: 4 },
  },
  mailFlowOnly: {
    displayName: 'Karl Ode',
    manager,
    inactiveDays: 170,
    lastActivity: { exchange: 3, oneDrive: 170, sharePoint: 170, teams: 170 },
  },
  oneDriveSyncOnly: {
    displayName: 'Lena Ross',
    manager,
    inactiveDays: 170,
    lastActivity: { exchange: 170, oneDrive: 3, sharePoint: 170, teams: 170 },
  },
  /** The three around the threshold, counted from the report's refresh date, two days before the start. */
  boundary89: { displayName: 'Max Neun', manager, inactiveDays: 91 },
  boundary90: { displayName: 'Mia Zehn', manager, inactiveDays: 92 },
  boundary91: { displayName: 'Moe Elf', manager, inactiveDays: 93 },
  reportMissing: { displayName: 'Nadia Veil', manager, inactiveDays: 140, reportRow: 'missing' },
  reportUnknown: { displayName: 'Otto Dunst', manager, inactiveDays: 140, reportRow: 'unknown' },
  deletedInReport: {
    displayName: 'Pola Fort',
    userPrincipalName: 'pola.fort@contoso.com',
    inactiveDays: 60,
    deletedDaysAgo: 12,
    licenses: [],
  },
  /** A UPN whose first owner was deleted and whose report row is still there. */
  upnReusedFormerOwner: {
    displayName: 'Rene Twice',
    userPrincipalName: 'rene.twice@contoso.com',
    inactiveDays: 180,
    deletedDaysAgo: 20,
    licenses: [],
  },
  upnReused: {
    displayName: 'Renata Twice',
    userPrincipalName: 'rene.twice@contoso.com',
    createdDaysAgo: 15,
    manager,
    inactiveDays: 10,
    licenses: [{ sku: 'SPE_E3', assignedDaysAgo: 15 }],
  },
} as const satisfies Record<string, PersonInput>;
