// Whether an account is among those whom policy.yaml describes by departments, domains, groups and more. What cannot be known is
// neither yes nor no, and whoever asks decides for caution. Pure.
import type { Evidence, FormerBelonging, NamedGroups } from '../evidence.ts';
import type { UserPrincipalName } from '../identifiers.ts';
import { findFirstMatch } from '../judge/pattern.ts';
import type { Population, Scope } from '../schemas/populations.ts';
import { getGroupKey } from './named-groups.ts';

export type Belonging = 'yes' | 'no' | 'unknown';

/** The audit's evidence, what the apply reads, or what an account file says. A field that is left out is not known. */
export interface BelongingSubject {
  userPrincipalName: UserPrincipalName;
  department: string | null;
  employeeType?: Evidence['employeeType'];
  licenses?: readonly { skuPartNumber: string }[];
  namedGroups?: NamedGroups;
  former?: FormerBelonging;
}

/** Something of every kind that `match` names; any entry of a kind is enough. */
export function matchPopulation({ name, match }: Population, subject: BelongingSubject): Belonging {
  const { licenses, employeeType, former } = subject;
  const took = former !== undefined && former.population === name ? former : null;
  return combine([
    ...matchWhom(match, subject, took?.groups ?? false),
    match.licenses && (took?.licenses ? 'yes' : matchLicenses(match.licenses, licenses)),
    match.employeeTypes && (employeeType === undefined ? 'unknown' : matchText(match.employeeTypes, employeeType)),
  ]);
}

/** Without the share, which is asked by the id. */
export function matchScope(scope: Scope, subject: BelongingSubject): Belonging {
  return combine(matchWhom(scope, subject, subject.former?.groups ?? false));
}

type Whom = Pick<Scope, 'departments' | 'domains' | 'groups'>;

function matchWhom(
  { departments, domains, groups }: Whom,
  { userPrincipalName, department, namedGroups }: BelongingSubject,
  hasLeftGroups: boolean,
): (Belonging | undefined)[] {
  return [
    departments && matchText(departments, department),
    domains && matchText(domains, getDomain(userPrincipalName)),
    groups && (hasLeftGroups ? 'yes' : matchGroups(groups.map(getGroupKey), namedGroups)),
  ];
}

function combine(kinds: readonly (Belonging | undefined)[]): Belonging {
  if (kinds.includes('no')) return 'no';
  return kinds.includes('unknown') ? 'unknown' : 'yes';
}

function matchText(patterns: readonly string[], text: string | null): Belonging {
  return findFirstMatch(patterns, text) === null ? 'no' : 'yes';
}

function matchLicenses(patterns: readonly string[], licenses: BelongingSubject['licenses']): Belonging {
  if (licenses === undefined) return 'unknown';
  return licenses.some(({ skuPartNumber }) => findFirstMatch(patterns, skuPartNumber) !== null) ? 'yes' : 'no';
}

function matchGroups(keys: readonly string[], known: NamedGroups | undefined): Belonging {
  if (known === undefined) return 'unknown';
  if (keys.some((key) => known.in.includes(key))) return 'yes';
  return keys.some((key) => known.unknown.includes(key)) ? 'unknown' : 'no';
}

function getDomain(userPrincipalName: UserPrincipalName): string {
  return userPrincipalName.slice(userPrincipalName.lastIndexOf('@') + 1);
}
