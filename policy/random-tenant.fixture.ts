// Random tenants for the guarantees: people of every kind, in every stage, with an open proposal that people have edited.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { addDays, type Evidence } from './evidence.ts';
import { serialiseAccountFile } from './files/account-file.ts';
import type { Absence, InForceFile, PlanInput, ProposedFile } from './plan/input.ts';
import { planMoves } from './plan/plan.ts';
import type { PolicyChange } from './policy.fixture.ts';
import { anyPerson, aSilentPerson, ownEntry, type RandomPerson } from './random-person.fixture.ts';
import { type AccountFile, type Stage, stages } from './schemas/account.ts';
import { Policy } from './schemas/policy.ts';
import {
  aLicense,
  anAccount,
  anAppliedAccount,
  anInForceFile,
  aTenant,
  idOf,
  lastSeen,
  signedIn,
  today,
} from './tenant.fixture.ts';
import { parseYaml } from './yaml/parse-yaml.ts';

export interface Persona {
  /** The person's state today, whatever the plan was before. */
  now: RandomPerson;
  stage: Stage | null;
  daysInStage: number;
  /** `leavable`: from a group that policy.yaml names; `held`: from such a one with something against leaving it. */
  licenses: 'direct' | 'inherited' | 'both' | 'none' | 'leavable' | 'leavable and direct' | 'held';
  /** What a reviewer makes of the file on the branch; null: nothing. */
  edit: Stage | 'comment' | 'take out' | 'break' | 'take more' | null;
}

const anyPersona = fc.record<Persona>({
  now: anyPerson,
  stage: fc.oneof(fc.constant(null), fc.constantFrom(...stages)),
  daysInStage: fc.constantFrom(0, 6, 7, 8, 40, 89, 90),
  licenses: fc.constantFrom('direct', 'inherited', 'both', 'none', 'leavable', 'leavable and direct', 'held'),
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

/** Whether a machine may take nothing from this person, and begin nothing with them. */
export function isToBeSpared({ now, stage }: Persona): boolean {
  // From then on this pipeline has shared its mailbox, and others read it.
  const isConverted = stage === 'disable' || stage === 'delicense';
  const isItsOwnDoing = now.change.mailbox?.recipientType === 'shared' || now.kind === 'in the mailbox';
  return ['protected', 'doubtful', 'active'].includes(now.standing) && !(isConverted && isItsOwnDoing);
}

/** The userPrincipalName of the persona at `index`, by which a plan's moves are told apart. */
export function nameOf({ now }: Persona, index: number): string {
  const name = now.name ?? 'user';
  return name.includes('@') ? name : `${name}${index}@contoso.com`;
}

/** The account at the start: inactive, and protected at most by its name. */
function atFirst(persona: Persona, index: number): Evidence {
  const group = { assignedByGroup: idOf('licence group'), groupName: 'Licences' };
  const leavable = { ...group, groupObstacles: [] };
  const licenses = {
    direct: [aLicense('SPE_E3'), aLicense('FLOW_FREE')],
    inherited: [aLicense('SPE_E3', group)],
    both: [aLicense('SPE_E3', group), aLicense('EMS')],
    none: [],
    leavable: [aLicense('SPE_E3', leavable), aLicense('EMS', leavable)],
    'leavable and direct': [aLicense('SPE_E3', leavable), aLicense('SPE_E3')],
    held: [aLicense('SPE_E3', { ...group, groupObstacles: [{ reason: 'group-synced' }] }), aLicense('FLOW_FREE')],
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
  if (persona.now.absence !== null) return [];
  const account = atFirst(persona, index);
  return [{ ...anAppliedAccount(account, persona.stage ?? 'notify'), ...persona.now.change }];
}

function absentIn(personas: readonly Persona[]): Map<string, Absence> {
  const each = personas.map((persona, index) => [atFirst(persona, index).id, persona.now.absence] as const);
  return new Map(each.flatMap(([id, absence]) => (absence === null ? [] : [[id, absence]])));
}

const exemptions = [{ account: 'exempt*', reason: 'on leave', owner: 'Lee Park', until: '2027-01-31' }];

/** Protection comes from the default rules and one entry of the company's own. */
const risk = withOwnEntry(
  parseYaml(Policy, 'policy.yaml', readFileSync(new URL('defaults/policy.yaml', import.meta.url), 'utf8')).value.risk,
);

function withOwnEntry({ executives, ...others }: Policy['risk']): Policy['risk'] {
  return { ...others, executives: { ...executives, accounts: [ownEntry] } };
}

/** The tenant today, without an open proposal. */
export function aRandomTenant(personas: readonly Persona[], policy: PolicyChange = {}): PlanInput {
  return aTenant({
    accounts: personas.flatMap(asOfNow),
    absent: absentIn(personas),
    inForce: personas.flatMap(fileOf),
    policy: { risk, ...policy },
    exemptions,
  });
}

/** The same, with an earlier proposal from the initial state, and reviewers' edits of it. */
export function aRandomTenantWithProposal(personas: readonly Persona[], policy: PolicyChange = {}): PlanInput {
  const inForce = personas.flatMap(fileOf);
  const before = personas.map((persona, index) => anAppliedAccount(atFirst(persona, index), persona.stage ?? 'notify'));
  const { moves, files } = planMoves(aTenant({ accounts: before, inForce, policy }));
  const proposed = moves.map(({ path, file }): ProposedFile => {
    const text = files.get(path) ?? null;
    return { path, text, file: text === null ? null : file, touchedByPerson: false };
  });
  const edits = new Map(personas.map((persona, index) => [nameOf(persona, index), persona.edit]));
  return aTenant({
    accounts: personas.flatMap(asOfNow),
    absent: absentIn(personas),
    inForce,
    policy: { risk, ...policy },
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
  const groups = file.restore.groups === undefined ? {} : { groups: [] };
  const desired = { accountEnabled: false, mailbox: 'shared' as const, licenses: [], ...groups };
  const theirs: AccountFile =
    edit === 'take more' ? { ...file, desired } : { ...file, stage: edit, reason: 'so says Lee' };
  return { ...touched, text: serialiseAccountFile(theirs), file: theirs };
}

/** There is one account of that name. */
function oneOwner(personas: readonly Persona[]): Persona[] {
  let isSeen = false;
  return personas.map((persona) => {
    if (persona.now.kind !== 'own entry') return persona;
    const now = isSeen ? aSilentPerson() : persona.now;
    isSeen = true;
    return { ...persona, now };
  });
}
