// People whom no plan may ever name. That follows from their input here, not from the product's rules. A new kind is one
// more line.
import type { PersonInput } from '@dormant-m365/emulator';
import type { Chance } from './random-choice.ts';

/** Their kinds are `spared0`, `spared1` … */
export function pickSparedPeople(chance: Chance): PersonInput[] {
  return chance.pickSome(Object.entries(spared), 0.5).map(
    ([what, buildInput], at): PersonInput => ({
      ...quiet,
      kind: `${sparedKind}${at}`,
      displayName: `Spared ${at}: ${what}`,
      userPrincipalName: `spared.${at}@contoso.com`,
      ...buildInput(chance),
    }),
  );
}

export const sparedKind = 'spared';

const quiet = { department: 'Sales', manager: 'lineManager', inactiveDays: 160 } as const;

const spared: Record<string, (chance: Chance) => PersonInput> = {
  'accountEnabled is not told': ({ pick }) =>
    pick([
      { leavesOut: ['accountEnabled'] },
      { shows: { accountEnabled: null } },
      { shows: { accountEnabled: 'True' } },
    ]),
  'no name to sign in with': ({ pick }) =>
    pick([{ leavesOut: ['userPrincipalName'] }, { shows: { userPrincipalName: null } }]),
  'licences that cannot be read': () => ({ shows: { licenseAssignmentStates: [null] } }),
  'a cell that could be two days': () => ({ reportCells: { 'Teams Last Activity Date': '10/11/2026' } }),
  'of another company': ({ between }) => ({
    userPrincipalName: `r.ossi${between(1, 99)}_fabrikam.com#EXT#@contoso.onmicrosoft.com`,
  }),
  'an agent': () => ({ identityParentId: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d' }),
  'an account of a device': ({ pick }) => ({
    licenses: pick([['MEETING_ROOM'], ['MCOCAP'], ['PHONESYSTEM_VIRTUALUSER']] as const),
  }),
  'a mailbox of nobody': ({ pick }) => ({
    mailbox: { type: pick(['SharedMailbox', 'RoomMailbox', 'SchedulingMailbox'] as const) },
  }),
  'no row in the report': ({ pick }) => ({ reportRow: pick(['missing', 'unknown']) }),
  'seen in other applications only': ({ between }) => ({ signIn: { successful: between(0, 40) } }),
  'attempts, and no known success': ({ between }) => ({
    signIn: { successful: null, attempt: between(0, 40) },
  }),
  'an executive': ({ pick }) => ({
    jobTitle: pick(['Chief Operating Officer', 'Deputy CFO', 'Geschäftsführerin', 'Directeur général adjoint']),
  }),
  'of the board': () => ({ department: 'Board of directors' }),
  'a machine by name': ({ pick, between }) => ({
    userPrincipalName: `${pick(['svc-', 'noreply', 'scanner', 'drucker', 'imprimante'])}${between(1, 99)}@contoso.com`,
  }),
  'eligible for a group with roles': ({ pick }) =>
    pick([
      { eligibleGroups: ['Role: Helpdesk administrators'] },
      { eligibleOwnerships: ['Role: Helpdesk administrators'] },
    ]),
  'owner of a group with roles': () => ({ owns: ['Role: Helpdesk administrators'] }),
  'in a restricted unit': () => ({ restrictedUnits: ['Works council'] }),
  'a role of the company’s own': () => ({ customRoles: ['Licence desk'] }),
};
