// Named accounts that are no employees: guests, mailboxes of rooms and teams, and service accounts.
import type { PersonInput } from '../person-input.ts';

const nobody = {
  department: null,
  jobTitle: null,
  employeeType: null,
  givenName: null,
  surname: null,
  manager: null,
  signIn: { successful: null },
} as const;
const silent = { exchange: null, oneDrive: null, sharePoint: null, teams: null } as const;

export const notPeople = {
  guestInactive: { displayName: 'Gil Arden (Guest)', userType: 'Guest', inactiveDays: 220, department: null },
  guestActive: { displayName: 'Gia Brook (Guest)', userType: 'Guest', department: null },
  guestNeverAccepted: {
    displayName: 'Gus Cole (Guest)',
    userType: 'Guest',
    department: null,
    createdDaysAgo: 240,
    signIn: { successful: null },
  },
  /** Came by cross-tenant synchronisation: a member, of another company. */
  externalMember: {
    displayName: 'Enzo Ricci (Fabrikam)',
    userPrincipalName: 'enzo.ricci_fabrikam.com#EXT#@contoso.onmicrosoft.com',
    creationType: 'Invitation',
    inactiveDays: 190,
    licenses: [],
  },
  /** A guest who was made a member. */
  convertedGuest: {
    displayName: 'Edna Holm',
    userPrincipalName: 'edna.holm@contoso.com',
    creationType: 'Invitation',
    inactiveDays: 190,
  },
  agentUser: {
    ...nobody,
    displayName: 'Sales Agent',
    userPrincipalName: 'sales.agent@contoso.com',
    identityParentId: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
    inactiveDays: 140,
    signIn: { successful: 140 },
  },
  sharedMailbox: {
    ...nobody,
    displayName: 'Invoices',
    userPrincipalName: 'invoices@contoso.com',
    accountEnabled: false,
    licenses: [],
    lastActivity: { ...silent, exchange: 120 },
    mailbox: { type: 'SharedMailbox', sizeGb: 22 },
  },
  sharedMailboxLicensed: {
    ...nobody,
    displayName: 'Contracts',
    userPrincipalName: 'contracts@contoso.com',
    accountEnabled: true,
    licenses: ['EXCHANGEENTERPRISE'],
    lastActivity: { ...silent, exchange: 200 },
    mailbox: { type: 'SharedMailbox', sizeGb: 71 },
  },
  roomMailbox: {
    ...nobody,
    displayName: 'Room Walnut',
    userPrincipalName: 'room-walnut@contoso.com',
    accountEnabled: false,
    licenses: [],
    lastActivity: silent,
    mailbox: { type: 'RoomMailbox', sizeGb: 0.2 },
  },
  equipmentMailbox: {
    ...nobody,
    displayName: 'Van 3',
    userPrincipalName: 'van-3@contoso.com',
    accountEnabled: false,
    licenses: [],
    lastActivity: silent,
    mailbox: { type: 'EquipmentMailbox', sizeGb: 0.1 },
  },
  serviceAccount: {
    ...nobody,
    displayName: 'svc Backup',
    userPrincipalName: 'svc-backup@contoso.com',
    licenses: ['EXCHANGESTANDARD'],
    inactiveDays: 300,
    signIn: { successful: 300 },
  },
  syncServiceAccount: {
    ...nobody,
    displayName: 'On-Premises Directory Synchronization Service Account',
    userPrincipalName: 'Sync_DC01_5f2c9e1b7a44@contoso.onmicrosoft.com',
    licenses: [],
    lastActivity: silent,
    signIn: { successful: 120 },
    roles: ['Directory Synchronization Accounts'],
  },
  /** Entra cloud sync's; the role may be gone. */
  cloudSyncAccount: {
    ...nobody,
    displayName: 'On-Premises Directory Synchronization Service Account',
    userPrincipalName: 'ADToAADSyncServiceAccount@contoso.onmicrosoft.com',
    licenses: [],
    lastActivity: silent,
    signIn: { successful: 120 },
  },
} as const satisfies Record<string, PersonInput>;
