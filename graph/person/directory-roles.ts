// Which of Entra's roles let a person read what an audit reads: a delegated token does what its permissions and the person's roles
// both allow. Template ids: entra-docs, docs/identity/role-based-access-control/permissions-reference.md.
import { isSameId } from '../../policy/identifiers.ts';

/** A role that a person holds now; one that is only eligible has to be activated first. */
export interface DirectoryRole {
  /** `roleTemplateId`, the same in every tenant. */
  templateId: string;
  displayName: string;
}

const roles = {
  globalAdministrator: ['62e90394-69f5-4237-9190-012177145e10', 'Global Administrator'],
  globalReader: ['f2ef992c-3afb-46b9-b7cf-a126ee74c451', 'Global Reader'],
  reportsReader: ['4a5d8f65-41da-4de4-8968-e035b65339cf', 'Reports Reader'],
  usageSummaryReportsReader: ['75934031-6c7e-415a-99d7-48dbd49e875e', 'Usage Summary Reports Reader'],
  exchangeAdministrator: ['29232cdf-9323-42fd-ade2-1d097af3e4de', 'Exchange Administrator'],
  sharePointAdministrator: ['f28a1f50-f6e7-4571-818b-6a12f2af6b6c', 'SharePoint Administrator'],
  skypeAdministrator: ['75941009-915a-4869-abe7-691bff18279e', 'Skype for Business Administrator'],
  teamsAdministrator: ['69091246-20e8-4a56-aa4d-066075b2a7a8', 'Teams Administrator'],
  teamsCommunicationsAdministrator: ['baf37b3a-610e-45da-9e62-d9d1e5e8914b', 'Teams Communications Administrator'],
  securityReader: ['5d6b6bb7-de71-4623-b4af-96380a352509', 'Security Reader'],
  securityAdministrator: ['194ae4cb-b126-40b2-bd5b-6091b380977d', 'Security Administrator'],
  securityOperator: ['5f2222b1-57c3-48ba-8ad5-d4759f1fde6f', 'Security Operator'],
  privilegedRoleAdministrator: ['e8611ab8-c189-46e8-94e1-60213ab1f814', 'Privileged Role Administrator'],
  directoryReaders: ['88d8e3e3-8f55-4a1e-953a-9b9898b8876b', 'Directory Readers'],
} as const satisfies Record<string, readonly [templateId: string, displayName: string]>;
type RoleName = keyof typeof roles;

/** One thing that is read, and whom Microsoft lets read it. */
export interface Reading {
  what: string;
  /** What a look lacks without it. */
  without: string;
  suffices: readonly RoleName[];
  /** Roles that sound as if they sufficed, each with what they get instead. */
  falseFriends?: readonly { role: RoleName; gets: string }[];
  /** Without it nobody can be judged, or everybody might be planned. */
  isNeeded?: true;
}

/** The least privileged roles first. Global Administrator suffices for all. */
export const readings: readonly Reading[] = [
  {
    // "Authorization for APIs to read Microsoft 365 usage reports" (graph, reportroot-authorization).
    what: 'usage reports with people in them',
    without: 'who was active in Exchange, OneDrive, SharePoint and Teams is not known',
    suffices: [
      'reportsReader',
      'exchangeAdministrator',
      'sharePointAdministrator',
      'teamsAdministrator',
      'teamsCommunicationsAdministrator',
      'skypeAdministrator',
    ],
    falseFriends: [
      { role: 'globalReader', gets: 'sees totals of the whole tenant there, and no person' },
      { role: 'usageSummaryReportsReader', gets: 'sees totals of the whole tenant there, and no person' },
    ],
    isNeeded: true,
  },
  {
    // The roles are not on the page of signInActivity; unverified, so a refusal decides and not this line.
    what: 'sign-ins',
    without: 'accounts are judged by their services alone, if the policy allows it',
    suffices: ['reportsReader', 'securityReader', 'globalReader', 'securityAdministrator', 'securityOperator'],
  },
  {
    // rbacapplication-list-roleassignments.md.
    what: 'who holds an administrator’s role',
    without: 'nobody can be left out of the plan for a role',
    suffices: ['directoryReaders', 'globalReader', 'privilegedRoleAdministrator'],
    isNeeded: true,
  },
  {
    // includes/rbac-for-apis/rbac-pim-entra-roles-apis.md and rbac-pim-groups-apis-read-eligibilityschedules.md.
    what: 'who may activate a role, or join a privileged group',
    without: 'such people may stand in the plan, which an adopted Dormant leaves out',
    suffices: ['globalReader', 'privilegedRoleAdministrator'],
  },
];

/** null: the person's roles do not suffice. Otherwise the role that does. */
export function findSufficientRole(reading: Reading, held: readonly DirectoryRole[]): string | null {
  const names: readonly RoleName[] = ['globalAdministrator', ...reading.suffices];
  const name = names.find((each) => holds(held, each));
  return name === undefined ? null : roles[name][1];
}

/** Roles that the person holds and that do not give this, as `Global Reader sees …`. */
export function describeFalseFriends({ falseFriends = [] }: Reading, held: readonly DirectoryRole[]): string[] {
  return falseFriends.filter(({ role }) => holds(held, role)).map(({ role, gets }) => `${roles[role][1]} ${gets}`);
}

/** The names of the roles that suffice, the least privileged first. */
export function listSufficientRoles({ suffices }: Reading): string[] {
  return [...suffices, 'globalAdministrator' as const].map((name) => roles[name][1]);
}

function holds(held: readonly DirectoryRole[], name: RoleName): boolean {
  return held.some(({ templateId }) => isSameId(templateId, roles[name][0]));
}
