// People and policies for the guarantees of populations and scope. What each may do is worked out here from how they were drawn,
// by trying everything that a group which could not be read may mean: nothing here asks the product's own rules.
import fc from 'fast-check';
import { aLicense, anAccount, daysAgo, idOf, lastSeen, signedIn } from './account.fixture.ts';
import { anInForceFile } from './account-file.fixture.ts';
import { addDays, type Evidence } from './evidence.ts';
import type { InForceFile } from './plan/input.ts';
import { theRules } from './policy.fixture.ts';
import type { Stage } from './schemas/account.ts';
import type { Policy } from './schemas/policy.ts';
import type { Population, Scope } from './schemas/populations.ts';
import { anAppliedAccount, today } from './tenant.fixture.ts';

export interface RandomWhom {
  department: string | null;
  domain: string;
  employeeType: string | null;
  product: 'SPE_E3' | 'SPE_F1';
  /** Of each group: whether it is a member, or that nobody can tell. */
  groups: Record<GroupName, boolean | null>;
  silentFor: number;
  stage: Stage | null;
}

export type WhomPolicy = Pick<Policy, 'populations' | 'scope'>;

const departments = ['Sales', 'School', 'Legal'];
const domains = ['contoso.com', 'de.fabrikam.com'];
const employeeTypes = ['Employee', 'Contractor'];
const groupNames = ['Seasonal', 'Pilot'] as const;
type GroupName = (typeof groupNames)[number];

const anyMembership = fc.constantFrom(true, false, false, null);

export const anyWhom: fc.Arbitrary<RandomWhom> = fc.record({
  department: fc.constantFrom(null, ...departments),
  domain: fc.constantFrom(...domains),
  employeeType: fc.constantFrom(null, ...employeeTypes),
  product: fc.constantFrom('SPE_E3', 'SPE_F1'),
  groups: fc.record({ Seasonal: anyMembership, Pilot: anyMembership }),
  silentFor: fc.constantFrom(20, 29, 30, 31, 60, 89, 90, 91, 120, 179, 180, 181, 400),
  stage: fc.constantFrom(null, null, 'notify', 'review', 'disable'),
});

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const namesToGroups = (names: readonly GroupName[]) => names.map((name) => ({ name }));

const anyMatch: fc.Arbitrary<Population['match']> = fc
  .record({
    departments: maybe(some(departments)),
    domains: maybe(some(domains)),
    groups: maybe(some(groupNames).map(namesToGroups)),
    licenses: maybe(some(['SPE_E*', 'SPE_F1'])),
    employeeTypes: maybe(some(employeeTypes)),
  })
  .map(omitUndefined)
  .filter((match) => Object.keys(match).length > 0);

const anyPopulations: fc.Arbitrary<Population[]> = fc
  .array(
    fc.record({
      match: anyMatch,
      inactiveAfterDays: fc.constantFrom(30, 60, 120, 180),
      stages: fc.constantFrom({}, { notifyDays: 3 }, { notifyDays: 30, reviewDays: 14 }),
    }),
    { maxLength: 4 },
  )
  .map((list) => list.map((each, at) => ({ name: `p${at}`, ...each })));

const anyScope: fc.Arbitrary<Scope> = fc
  .record({
    departments: maybe(some(departments)),
    domains: maybe(some(domains)),
    groups: maybe(some(groupNames).map(namesToGroups)),
  })
  .map(omitUndefined)
  .filter((scope) => Object.keys(scope).length > 0);

export const anyWhomPolicy: fc.Arbitrary<WhomPolicy> = fc
  .record({ populations: maybe(anyPopulations), scope: maybe(anyScope) })
  .map(omitUndefined);

function omitUndefined<T extends object>(value: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}

export function nameOfWhom({ domain }: RandomWhom, index: number): string {
  return `user${index}@${domain}`;
}

/** As the audit sees it today, and its file on main. */
export function aWhom(whom: RandomWhom, index: number, policy: WhomPolicy): { now: Evidence; files: InForceFile[] } {
  const { stage } = whom;
  const before = buildAccount(whom, index, { silentFor: 400 });
  const since = addDays(today, -40);
  const rules = theRules({ policy });
  const files = stage === null ? [] : [anInForceFile({ account: before, stage, since, rules })];
  return { now: anAppliedAccount(buildAccount(whom, index, whom), stage ?? 'notify'), files };
}

function buildAccount(whom: RandomWhom, index: number, { silentFor }: Pick<RandomWhom, 'silentFor'>): Evidence {
  const { department, employeeType, product, groups } = whom;
  const day = daysAgo(silentFor);
  const list = (state: boolean | null) =>
    groupNames.filter((name) => groups[name] === state).map((name) => `"${name.toLowerCase()}"`);
  return anAccount({
    userPrincipalName: nameOfWhom(whom, index),
    id: idOf(nameOfWhom(whom, index)),
    ...{ department, employeeType, usage: lastSeen({ exchange: day }), signIns: signedIn(day) },
    licenses: [aLicense(product)],
    namedGroups: { in: list(true), unknown: list(null) },
  });
}

/** The longest that may be asked of it, and whether it is inside the scope whatever cannot be read. */
export function findWorstCase(whom: RandomWhom, { populations = [], scope }: WhomPolicy) {
  const worlds = listWorlds(whom);
  const silences = worlds.map((groups) => {
    const matching = populations.filter(({ match }) => isMatching(match, whom, groups));
    return matching.length === 0 ? 90 : Math.max(...matching.map(({ inactiveAfterDays }) => inactiveAfterDays));
  });
  const isInside = worlds.every((groups) => scope === undefined || isMatching(scope, whom, groups));
  return { silence: Math.max(...silences), isInside };
}

type World = Record<GroupName, boolean>;

function listWorlds({ groups }: RandomWhom): World[] {
  const options = (state: boolean | null) => (state === null ? [true, false] : [state]);
  return options(groups.Seasonal).flatMap((Seasonal) => options(groups.Pilot).map((Pilot) => ({ Seasonal, Pilot })));
}

function isMatching(match: Population['match'], whom: RandomWhom, groups: World): boolean {
  const { departments: inDepartments, domains: inDomains, groups: inGroups, licenses, employeeTypes: types } = match;
  const hasProduct = (pattern: string) =>
    pattern === whom.product || (pattern === 'SPE_E*' && whom.product === 'SPE_E3');
  return [
    inDepartments === undefined || (whom.department !== null && inDepartments.includes(whom.department)),
    inDomains === undefined || inDomains.includes(whom.domain),
    inGroups === undefined || inGroups.some((group) => 'name' in group && groups[group.name as GroupName]),
    licenses === undefined || licenses.some(hasProduct),
    types === undefined || (whom.employeeType !== null && types.includes(whom.employeeType)),
  ].every(Boolean);
}
