// Random tenants for the guarantees: people of every kind, in every stage, with an open proposal that people have edited.
import fc from 'fast-check';
import type { PolicyChange } from './a-policy.ts';
import {
  aLicense,
  anAccount,
  anInForceFile,
  applied,
  aTenant,
  daysAgo,
  garbledRow,
  idOf,
  lastSeen,
  signedIn,
  today,
} from './a-tenant.ts';
import { serialiseAccountFile } from './account-file.ts';
import { addDays, type Evidence } from './evidence.ts';
import type { InForceFile, PlanInput, ProposedFile } from './plan/input.ts';
import { planMoves } from './plan/plan.ts';
import { type AccountFile, type Stage, stages } from './schemas/account.ts';

/** What a person is by now. Whoever is of the first list must lose nothing, whatever the plan was before. */
const untouchable = {
  executive: { jobTitle: 'Chief Financial Officer' },
  'by department': { department: 'Board' },
  service: { employeeType: 'Service account' },
  'shared mailbox': { mailbox: ofKind('shared') },
  room: { mailbox: ofKind('room') },
  equipment: { mailbox: ofKind('equipment') },
  'role holder': { roles: [{ roleName: 'User Administrator', kind: 'active', viaGroup: null }] },
  'eligible role holder': { roles: [{ roleName: 'Global Administrator', kind: 'eligible', viaGroup: null }] },
  'role holder through a group': { roles: [{ roleName: 'Global Reader', kind: 'active', viaGroup: 'Ops' }] },
  'owner of a privileged group': { roles: [{ kind: 'group-owner', group: 'Ops' }] },
  'eligible for a privileged group': { roles: [{ kind: 'eligible-group-member', group: 'Ops' }] },
  'in a restricted unit': { roles: [{ kind: 'restricted-unit', unit: null }] },
  'role holder over a unit': {
    roles: [
      {
        roleName: 'User Administrator',
        kind: 'active',
        viaGroup: null,
        scope: { unit: 'Board', isRestricted: true },
      },
    ],
  },
  'pipeline account': { mail: 'IT-Lifecycle@contoso.com' },
  guest: { userType: 'guest' },
  'member of another company': { accountKind: 'external' },
  'agent user': { accountKind: 'agent' },
  'synchronisation account': { accountKind: 'synchronisation' },
  'phone resource account': { licenses: [aLicense('PHONESYSTEM_VIRTUALUSER')] },
  'room by its licence': { licenses: [aLicense('Microsoft_Teams_Rooms_Pro')] },
  'auto attendant by department': { department: 'Microsoft Communication Application Instance' },
  'executive by vocabulary': { jobTitle: 'Geschäftsführerin' },
  'machine by its display name': { displayName: 'Scanner 2. OG' },
  'Bookings mailbox': { mailbox: ofKind('scheduling') },
  'mailbox of another kind': { mailbox: ofKind('other') },
  'mailbox of unknown kind': { mailbox: { ...ofKind('unknown'), asked: true } },

  'signed in': { signIns: signedIn(daysAgo(5)) },
  'active in Teams': { usage: lastSeen({ teams: daysAgo(89) }) },
  'without a row': { usage: { kind: 'missing' } },
  'with two rows': { usage: { kind: 'ambiguous' } },
  'with a garbled row': { usage: garbledRow() },
  'with a garbled entry': { incomplete: ['accountEnabled'] },
  'with unknown sign-ins': { signIns: { kind: 'unavailable' } },
  'without sign-in data': { signIns: { kind: 'missing' } },
  'never in use and without sign-in data': { usage: lastSeen(), signIns: { kind: 'missing' } },
  'with attempts only': { signIns: signedIn(null, daysAgo(5)) },
  'new here': { createdOn: daysAgo(30), usage: lastSeen(), signIns: signedIn(null), licenses: [] },
  'just licensed': { licenses: [aLicense('SPE_E5', { assignedOn: daysAgo(3) })] },
} as const satisfies Record<string, Partial<Evidence>>;

/** Known by name or by an entry, so that the account is made of it from the start. */
const untouchableNames = {
  'emergency access': 'breakglass',
  exempt: 'exempt',
  'own entry': 'quiet.owner@contoso.com',
} as const;

const others = {
  inactive: {},
  sprayed: { signIns: signedIn('2026-07-15', daysAgo(1)) },
  'without a manager': { manager: null },
  'of nowhere': { department: null },
  renamed: { displayName: 'Ana Park' },
  'read by delegates': { usage: lastSeen({ exchange: daysAgo(0) }) },
  synced: { onPremisesSyncEnabled: true },
  'not yet applied': { accountEnabled: true, mailbox: ofKind('user') },
  'on hold': { mailbox: { ...ofKind('shared'), litigationHold: true } },
} as const satisfies Record<string, Partial<Evidence>>;

export interface Persona {
  /** A key of `untouchable`, `untouchableNames` or `others`, or `gone`. */
  now: string;
  stage: Stage | null;
  daysInStage: number;
  licenses: 'direct' | 'inherited' | 'both' | 'none';
  /** What a reviewer makes of the file on the branch; null: nothing. */
  edit: Stage | 'comment' | 'take out' | 'break' | 'take more' | null;
}

/** Two in three of them are to be left alone. */
const anyPersona = fc.record<Persona>({
  now: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...Object.keys(untouchable), ...Object.keys(untouchableNames)) },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(others), 'gone') },
    { weight: 1, arbitrary: fc.constant('inactive') },
  ),
  stage: fc.oneof(fc.constant(null), fc.constantFrom(...stages)),
  daysInStage: fc.constantFrom(0, 6, 7, 8, 40, 89, 90),
  licenses: fc.constantFrom('direct', 'inherited', 'both', 'none'),
  edit: fc.option(fc.constantFrom(...stages, 'comment', 'take out', 'break', 'take more'), {
    nil: null,
    freq: 2,
  }),
});

export function anyPersonas(maxLength: number): fc.Arbitrary<Persona[]> {
  return fc.array(anyPersona, { minLength: 1, maxLength }).map(oneOwner);
}

export const anyPolicy: fc.Arbitrary<PolicyChange> = fc.record({
  limits: fc.record({
    newAccountsPerAudit: fc.nat(6),
    newAccountsPerDepartment: fc.nat(4),
    changesPerApply: fc.nat(6),
    changesPerDepartment: fc.nat(4),
    shareOfTenant: fc.constantFrom(0, 0.001, 0.5),
  }),
  proposal: fc.record({
    groupBy: fc.constantFrom('stack' as const, 'department' as const),
    maxFiles: fc.integer({ min: 1, max: 12 }),
  }),
  onPremises: fc.record({ plan: fc.constantFrom('report' as const, 'include' as const) }),
  signIns: fc.constantFrom('required' as const, 'optional' as const),
});

export function isUntouchable({ now, stage }: Persona): boolean {
  // From then on its mailbox is shared because this pipeline has made it so.
  const isConverted = stage === 'disable' || stage === 'delicense';
  return (now in untouchable && !(now === 'shared mailbox' && isConverted)) || now in untouchableNames;
}

/** The userPrincipalName of the persona at `index`, by which a plan's moves are told apart. */
export function nameOf({ now }: Persona, index: number): string {
  if (now === 'own entry') return untouchableNames[now];
  const name = now in untouchableNames ? Reflect.get(untouchableNames, now) : 'user';
  return `${name}${index}@contoso.com`;
}

/** As the account was when everything began: inactive, and nobody's to protect but by its name. */
function atFirst(persona: Persona, index: number): Evidence {
  const group = { assignedByGroup: idOf('licence group'), groupName: 'Licences' };
  const licenses = {
    direct: [aLicense('SPE_E3'), aLicense('FLOW_FREE')],
    inherited: [aLicense('SPE_E3', group)],
    both: [aLicense('SPE_E3', group), aLicense('EMS')],
    none: [],
  }[persona.licenses];
  const department = ['Sales', 'Finance', 'Legal'][index % 3] ?? null;
  return anAccount({
    userPrincipalName: nameOf(persona, index),
    department,
    licenses,
    usage: lastSeen({ exchange: '2025-06-01' }),
    signIns: signedIn('2025-06-01'),
  });
}

const made = new Map<string, InForceFile>();

function fileOf(persona: Persona, index: number): InForceFile[] {
  const { stage, daysInStage } = persona;
  if (stage === null) return [];
  // Writing YAML is most of the work, and there are few different ones.
  const key = [stage, daysInStage, persona.licenses, nameOf(persona, index)].join(' ');
  const since = addDays(today, -daysInStage);
  const file = made.get(key) ?? anInForceFile({ account: atFirst(persona, index), stage, since });
  made.set(key, file);
  return [file];
}

function asOfNow(persona: Persona, index: number): Evidence[] {
  if (persona.now === 'gone') return [];
  const account = atFirst(persona, index);
  const change: Partial<Evidence> = { ...Reflect.get({ ...untouchable, ...others }, persona.now) };
  return [{ ...applied(account, persona.stage ?? 'notify'), ...change }];
}

const exemptions = [{ account: 'exempt*', reason: 'on leave', owner: 'Lee Park', until: '2027-01-31' }];

/** The tenant as it is today, with no proposal open. */
export function tenantOf(personas: readonly Persona[], policy: PolicyChange = {}): PlanInput {
  return aTenant({
    accounts: personas.flatMap(asOfNow),
    inForce: personas.flatMap(fileOf),
    policy,
    exemptions,
  });
}

/** The same, with the proposal of a day on which everybody still was as at first, and what reviewers made of it. */
export function tenantWithProposal(personas: readonly Persona[], policy: PolicyChange = {}): PlanInput {
  const inForce = personas.flatMap(fileOf);
  const before = personas.map((persona, index) =>
    applied(atFirst(persona, index), persona.stage ?? 'notify'),
  );
  const { moves, files } = planMoves(aTenant({ accounts: before, inForce, policy }));
  const proposed = moves.map(({ path, file }): ProposedFile => {
    const text = files.get(path) ?? null;
    return { path, text, file: text === null ? null : file, touchedByPerson: false };
  });
  const edits = new Map(personas.map((persona, index) => [nameOf(persona, index), persona.edit]));
  return aTenant({
    accounts: personas.flatMap(asOfNow),
    inForce,
    policy,
    exemptions,
    proposed: proposed.map((version) =>
      edited(version, edits.get(version.file?.account.userPrincipalName ?? '') ?? null),
    ),
  });
}

function edited(version: ProposedFile, edit: Persona['edit']): ProposedFile {
  if (edit === null || version.file === null) return version;
  const { path, file } = version;
  const touched = { path, touchedByPerson: true };
  if (edit === 'take out') return { ...touched, text: null, file: null };
  if (edit === 'break') return { ...touched, text: `${version.text}: [`, file: null };
  if (edit === 'comment') return { ...touched, text: `${version.text}# seen by Lee\n`, file };
  const desired = { accountEnabled: false, mailbox: 'shared' as const, licenses: [] };
  const theirs: AccountFile =
    edit === 'take more' ? { ...file, desired } : { ...file, stage: edit, reason: 'so says Lee' };
  return { ...touched, text: serialiseAccountFile(theirs), file: theirs };
}

/** There is one account of that name. */
function oneOwner(personas: readonly Persona[]): Persona[] {
  let seen = false;
  return personas.map((persona) => {
    if (persona.now !== 'own entry') return persona;
    const now = seen ? 'executive' : persona.now;
    seen = true;
    return { ...persona, now };
  });
}

function ofKind(recipientType: Evidence['mailbox']['recipientType']): Evidence['mailbox'] {
  return { recipientType, storageUsedBytes: 4e9, hasArchive: false, litigationHold: false };
}
