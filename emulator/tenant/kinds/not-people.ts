// Named accounts that are no employees: guests, mailboxes of rooms and teams, and what software signs in as.
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
} as const satisfies Record<string, PersonInput>;
