// People for the guarantees, each drawn together with what a machine may do to them. That is known from how they were drawn:
// nothing here asks the product's own rules. A new kind of person is one more line of a table.
import fc from 'fast-check';
import { aLicense, daysAgo, garbledRow, lastSeen, signedIn } from './account.fixture.ts';
import type { Evidence, RoleHolding, UsageRow } from './evidence.ts';
import type { Absence } from './plan/input.ts';
import { anyBelonging } from './random-belonging.fixture.ts';
import { anyExecutiveTitle, anyMachineName } from './random-title.fixture.ts';

/**
 * `protected`: never changed by a machine. `doubtful`: silent perhaps, but nobody knows. `active`: seen at work.
 * `ordinary`: silent for long, and to be planned. `other`: what becomes of them depends on more than themselves.
 */
type Standing = 'protected' | 'doubtful' | 'active' | 'ordinary' | 'other';

export interface RandomPerson {
  /** A key of one of the tables below, `absent` or `gone`. */
  kind: string;
  standing: Standing;
  /** What the audit sees that it did not see before the account had a file. */
  change: Partial<Evidence>;
  /** Why the listing does not show the account; null: it does. */
  absence: Absence | null;
  /** Set for accounts that are recognised by their own name; null: any name. */
  name: string | null;
}

type Kinds = Record<string, fc.Arbitrary<Partial<Evidence>>>;

const days = (least: number, most: number) => fc.integer({ min: least, max: most }).map(daysAgo);
const always = <T>(value: T) => fc.constant(value);

const protectedKinds: Kinds = {
  executive: anyExecutiveTitle.map((jobTitle) => ({ jobTitle })),
  'of the board': always({ department: 'Board' }),
  'service account': always({ employeeType: 'Service account' }),
  'account of a device': fc
    .constantFrom('MEETING_ROOM', 'Microsoft_Teams_Rooms_Pro', 'MCOCAP', 'PHONESYSTEM_VIRTUALUSER')
    .map((skuPartNumber) => ({ licenses: [aLicense(skuPartNumber)] })),
  'machine by its display name': fc
    .constantFrom('Scanner 2. OG', 'Kopierer EG')
    .map((displayName) => ({ displayName })),
  'phone resource account': always({ department: 'Microsoft Communication Application Instance' }),
  'mailbox of nobody': fc
    .constantFrom(...(['shared', 'room', 'equipment', 'scheduling', 'other'] as const))
    .map((kind) => ({ mailbox: ofKind(kind) })),
  privileged: aRole().map((role) => ({ roles: [role] })),
  'pipeline account': always({ mail: 'IT-Lifecycle@contoso.com' }),
  guest: always({ userType: 'guest' }),
  'not an employee': fc
    .constantFrom('external' as const, 'agent' as const, 'synchronisation' as const)
    .map((accountKind) => ({ accountKind })),
};

/** Named in the policy as protected. */
export const ownEntry = 'quiet.owner@contoso.com';

/** Recognised by the account's name. */
const protectedNames: Record<string, fc.Arbitrary<string>> = {
  'emergency access': always('breakglass'),
  exempt: always('exempt'),
  'own entry': always(ownEntry),
  machine: anyMachineName,
};

const doubtfulKinds: Kinds = {
  'without a row': always({ usage: { kind: 'missing' } }),
  'with two rows': always({ usage: { kind: 'ambiguous' } }),
  'with a row that nobody can read': always({ usage: garbledRow() }),
  'sign-ins not to be read': always({ signIns: { kind: 'unavailable' } }),
  'without sign-ins': fc
    .constantFrom<UsageRow>(lastSeen(), lastSeen({ exchange: '2025-06-01' }))
    .map((usage) => ({ usage, signIns: { kind: 'missing' } })),
  'attempts and no known success': days(-2, 89).map((attempt) => ({ signIns: signedIn(null, attempt) })),
  'an entry that lacks something': fc
    .subarray(['accountEnabled', 'userPrincipalName', 'licenseAssignmentStates'], { minLength: 1 })
    .map((incomplete) => ({ incomplete })),
  'a mailbox of which nobody knows the kind': always({ mailbox: { ...ofKind('unknown'), asked: true } }),
  'new here': days(0, 89).map((createdOn) => ({
    createdOn,
    usage: lastSeen(),
    signIns: signedIn(null),
    licenses: [],
  })),
  'just licensed': days(0, 29).map((assignedOn) => ({ licenses: [aLicense('SPE_E5', { assignedOn })] })),
};

const activeKinds: Kinds = {
  'signed in': days(-2, 89).map((day) => ({ signIns: signedIn(day) })),
  'at work': fc
    .tuple(fc.constantFrom('oneDrive', 'sharePoint', 'teams', 'yammer'), days(0, 89))
    .map(([service, day]) => ({ usage: lastSeen({ [service]: day }) })),
  'in the mailbox': days(0, 89).map((day) => ({ usage: lastSeen({ exchange: day }) })),
};

const ordinaryKinds: Kinds = {
  inactive: always({}),
  sprayed: days(0, 89).map((attempt) => ({ signIns: signedIn('2026-07-15', attempt) })),
  'without a manager': always({ manager: null }),
  'of nowhere': always({ department: null }),
  renamed: always({ displayName: 'Ana Park' }),
  'with the surname of a machine': fc
    .constantFrom('Peter Drucker', 'Karin Faxén', 'Ben Scanlon', 'Rosa Printz', 'Ines Alarcón')
    .map((displayName) => ({ displayName })),
  'with something that goes with a licence': anyBelonging.map(({ change }) => change),
  'with a title like an executive’s': fc
    .constantFrom('Assistant to the CEO', 'Presidential Scholar', 'Product Owner', 'VP Assistant')
    .map((jobTitle) => ({ jobTitle })),
};

const otherKinds: Kinds = {
  synced: always({ onPremisesSyncEnabled: true }),
  'not yet applied': always({ accountEnabled: true, mailbox: ofKind('user') }),
  'on hold': always({ mailbox: { ...ofKind('shared'), hold: 'litigation' } }),
};

/** Two in three of them are to be left alone. */
export const anyPerson: fc.Arbitrary<RandomPerson> = fc.oneof(
  { weight: 3, arbitrary: oneOf('protected', protectedKinds) },
  { weight: 1, arbitrary: oneNamed() },
  { weight: 2, arbitrary: oneOf('doubtful', doubtfulKinds) },
  { weight: 1, arbitrary: oneOf('active', activeKinds) },
  { weight: 2, arbitrary: oneOf('ordinary', ordinaryKinds) },
  { weight: 1, arbitrary: oneOf('other', otherKinds) },
  { weight: 1, arbitrary: oneAbsent() },
);

/** An ordinary silent person. */
export function aSilentPerson(): RandomPerson {
  return { kind: 'inactive', standing: 'ordinary', change: {}, absence: null, name: null };
}

function oneOf(standing: Standing, kinds: Kinds): fc.Arbitrary<RandomPerson> {
  const each = Object.entries(kinds).map(([kind, changes]) =>
    changes.map((change): RandomPerson => ({ ...aSilentPerson(), kind, standing, change })),
  );
  return fc.oneof(...each);
}

function oneNamed(): fc.Arbitrary<RandomPerson> {
  const each = Object.entries(protectedNames).map(([kind, names]) =>
    names.map((name): RandomPerson => ({ ...aSilentPerson(), kind, standing: 'protected', name })),
  );
  return fc.oneof(...each);
}

/** A deleted account can be restored for 30 days, and one that was only left out may be listed again tomorrow. */
function oneAbsent(): fc.Arbitrary<RandomPerson> {
  const mayReturn = fc.oneof(
    days(-2, 27).map((on): Absence => ({ kind: 'deleted', on })),
    fc.constantFrom<Absence>({ kind: 'not-listed' }, { kind: 'unknown' }),
  );
  return fc.oneof(
    always<RandomPerson>({ ...aSilentPerson(), kind: 'gone', standing: 'other', absence: { kind: 'gone' } }),
    mayReturn.map((absence): RandomPerson => ({ ...aSilentPerson(), kind: 'absent', standing: 'doubtful', absence })),
  );
}

function aRole(): fc.Arbitrary<RoleHolding> {
  const group = fc.constantFrom('Ops', 'Role: spare');
  return fc.oneof(
    fc.record({
      roleName: fc.constantFrom('Global Administrator', 'User Administrator', 'Global Reader', 'Our own role'),
      kind: fc.constantFrom('active' as const, 'eligible' as const),
      viaGroup: fc.constantFrom(null, 'Ops'),
    }),
    fc.record({
      kind: fc.constantFrom(
        ...(['group-member', 'group-owner', 'eligible-group-member', 'eligible-group-owner'] as const),
      ),
      group,
    }),
    fc.record({
      roleName: always('User Administrator'),
      kind: always('active' as const),
      viaGroup: always(null),
      scope: always({ unit: 'Works council', isRestricted: true }),
    }),
    fc.record({ kind: always('restricted-unit' as const), unit: fc.constantFrom(null, 'Works council') }),
  );
}

function ofKind(recipientType: Evidence['mailbox']['recipientType']): Evidence['mailbox'] {
  return { recipientType, storageUsedBytes: 4e9, hasArchive: false, hold: 'none' };
}
