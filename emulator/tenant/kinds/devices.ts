// Named accounts of devices and of mailboxes without a person: they look like inactive people.
import type { PersonInput } from '../person-input.ts';

const device = {
  department: null,
  jobTitle: null,
  employeeType: null,
  givenName: null,
  surname: null,
  manager: null,
  inactiveDays: 160,
} as const;

export const devices = {
  /** An auto attendant: disabled, never signs in, and carries the company's main number. */
  phoneResourceAccount: {
    ...device,
    displayName: 'Main number',
    userPrincipalName: 'mainline@contoso.com',
    department: 'Microsoft Communication Application Instance',
    accountEnabled: false,
    licenses: ['PHONESYSTEM_VIRTUALUSER'],
    signIn: { successful: null },
  },
  teamsRoom: {
    ...device,
    displayName: 'Walnut 2',
    userPrincipalName: 'walnut2@contoso.com',
    licenses: ['Microsoft_Teams_Rooms_Pro'],
  },
  teamsRoomStandard: {
    ...device,
    displayName: 'Oak 4',
    userPrincipalName: 'oak4@contoso.com',
    licenses: ['MEETING_ROOM'],
  },
  teamsRoomPremium: {
    ...device,
    displayName: 'Elm 1',
    userPrincipalName: 'elm1@contoso.com',
    licenses: ['MTR_PREM'],
  },
  commonAreaPhone: {
    ...device,
    displayName: 'Ground floor',
    userPrincipalName: 'ground.floor@contoso.com',
    licenses: ['MCOCAP'],
  },
  scanner: {
    ...device,
    displayName: 'Scanner 2. OG',
    userPrincipalName: 'scanner-2og@contoso.com',
    licenses: ['EXCHANGESTANDARD'],
  },
  /** A person with the name of a machine, and one whose name begins like one. */
  surnameDrucker: {
    displayName: 'Peter Drucker',
    givenName: 'Peter',
    surname: 'Drucker',
    userPrincipalName: 'peter.drucker@contoso.com',
    inactiveDays: 150,
    manager: 'lineManager',
  },
  surnameFaxen: {
    displayName: 'Karin Faxén',
    userPrincipalName: 'karin.faxen@contoso.com',
    inactiveDays: 150,
    manager: 'lineManager',
  },
  /** Enabled, unlicensed, never signs in. */
  bookingsMailbox: {
    ...device,
    displayName: 'Fittings',
    userPrincipalName: 'fittings@contoso.com',
    licenses: [],
    mailbox: { type: 'SchedulingMailbox', sizeGb: 0.1 },
    signIn: { successful: null },
  },
  discoveryMailbox: {
    ...device,
    displayName: 'Discovery Search Mailbox',
    userPrincipalName: 'DiscoverySearchMailbox{D919BA05-46A6-415f-80AD-7E09334BB852}@contoso.com',
    licenses: [],
    mailbox: { type: 'DiscoveryMailbox', sizeGb: 0.1 },
  },
  /** Graph does not find the mailbox, though it is there. */
  mailboxNotFound: {
    displayName: 'Vera Fern',
    userPrincipalName: 'vera.fern@contoso.com',
    inactiveDays: 150,
    manager: 'lineManager',
    mailbox: { hiddenFromGraph: true },
  },
} as const satisfies Record<string, PersonInput>;
