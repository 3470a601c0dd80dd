// The operators that Graph allows on each user property, some of them only as an advanced query.
// Source: Microsoft's page on advanced query capabilities of directory objects.
import { badRequest, unsupportedQuery } from '../odata/errors.ts';
import { compileFilter, type Matcher, readPath } from '../odata/filter-match.ts';
import { type Filter, parseFilter } from '../odata/filter-syntax.ts';
import { createAdvancedQueryError, type Query } from '../odata/query.ts';
import type { Person } from '../tenant/person.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { findUserProperty } from './user-properties.ts';

const TEXT = ['eq', 'ne', 'ge', 'le', 'in', 'startswith'];
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  id: ['eq', 'ne', 'in'],
  accountEnabled: ['eq', 'ne', 'in'],
  'assignedLicenses/$count': ['eq', 'ne', 'ge', 'le', 'gt', 'lt'],
  assignedLicenses: ['any'],
  assignedPlans: ['any'],
  companyName: TEXT,
  createdDateTime: ['eq', 'ne', 'ge', 'le', 'in'],
  creationType: ['eq', 'ne', 'in'],
  department: ['eq', 'ne', 'ge', 'le', 'in', 'startswith'],
  displayName: TEXT,
  employeeHireDate: ['eq', 'ne', 'ge', 'le', 'in'],
  employeeId: TEXT,
  employeeType: ['eq', 'ne', 'in', 'startswith'],
  externalUserState: ['eq', 'ne', 'in'],
  givenName: TEXT,
  jobTitle: TEXT,
  mail: [...TEXT, 'endswith'],
  mailNickname: TEXT,
  officeLocation: TEXT,
  onPremisesImmutableId: ['eq', 'ne', 'in'],
  onPremisesLastSyncDateTime: ['eq', 'ne', 'ge', 'le', 'in'],
  onPremisesSamAccountName: ['eq', 'ne', 'ge', 'le', 'in', 'startswith'],
  onPremisesSyncEnabled: ['eq', 'ne', 'in'],
  proxyAddresses: ['any'],
  surname: TEXT,
  usageLocation: TEXT,
  userPrincipalName: [...TEXT, 'endswith'],
  userType: ['eq', 'ne', 'in'],
  'signInActivity/lastSignInDateTime': ['eq', 'ne', 'ge', 'le'],
  'signInActivity/lastNonInteractiveSignInDateTime': ['eq', 'ne', 'ge', 'le'],
  'signInActivity/lastSuccessfulSignInDateTime': ['eq', 'ne', 'ge', 'le'],
};

export interface UserFilter {
  isMatch(person: Person): boolean;
  readonly readsSignIns: boolean;
  /** The only ids or UPNs that can pass, if the filter says so, so that only these are checked. */
  readonly keys: readonly string[] | null;
  /** The same test by the UPN in lower case; null if the filter reads anything else. */
  readonly byUpn: ((foldedUpn: string) => boolean) | null;
}

/** The most alternatives in one filter, those of `in` included. */
const MOST_ALTERNATIVES = 15;

/** The test of $filter and $search; without them everybody passes. 400 for what Graph's pages refuse. */
export function createUserFilter(query: Query, tenant: Tenant): UserFilter {
  const filter = query.filter === null ? null : parseFilter(query.filter);
  const paths = new Set<string>();
  if (filter) {
    requireAllowedFilter(filter, query.isEventual && query.count, paths);
    requireFewAlternatives(filter);
  }
  const readsSignIns = [...paths].some((path) => path.startsWith('signInActivity'));
  if (readsSignIns && [...paths].some((path) => !path.startsWith('signInActivity'))) {
    throw badRequest('Filtering signInActivity together with any other property is not supported.', 'BadRequest');
  }
  const matches: Matcher = filter ? compileFilter(filter) : () => true;
  const found = query.search === null ? () => true : createSearch(query.search);
  return {
    readsSignIns,
    keys: filter && findKeys(filter),
    byUpn: isByUpn(paths) && query.search === null ? (upn) => matches(() => upn) : null,
    // Accounts from before 2014 have no userType, and no filter on it finds them, not even `ne` and `not`.
    isMatch: (person) =>
      !(paths.has('userType') && person.userType === null) &&
      matches((path) => readValue(person, path, tenant)) &&
      found(person),
  };
}

function isByUpn(paths: ReadonlySet<string>): boolean {
  return paths.size === 1 && paths.has('userPrincipalName');
}

function requireAllowedFilter(filter: Filter, isAdvanced: boolean, paths: Set<string>): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      requireAllowedFilter(filter.left, isAdvanced, paths);
      requireAllowedFilter(filter.right, isAdvanced, paths);
      return;
    case 'not':
      if (!isAdvanced) throw createAdvancedQueryError("Operator 'not'");
      requireAllowedFilter(filter.of, isAdvanced, paths);
      return;
    case 'compare':
      requireAllowedOperator(filter.path, filter.operator, paths);
      if ((filter.operator === 'ne' || filter.path.endsWith('/$count')) && !isAdvanced) {
        throw createAdvancedQueryError(`Operator '${filter.operator}' on '${filter.path}'`);
      }
      return;
    case 'in':
      requireAllowedOperator(filter.path, 'in', paths);
      return;
    case 'text':
      if (filter.test === 'endswith' && !isAdvanced) throw createAdvancedQueryError("Operator 'endsWith'");
      requireAllowedOperator(filter.path, filter.test, paths);
      return;
    case 'any':
      requireAllowedOperator(filter.path, 'any', paths);
  }
}

function requireFewAlternatives(filter: Filter): void {
  const count = countAlternatives(filter);
  if (count <= MOST_ALTERNATIVES) return;
  throw unsupportedQuery(
    `Too many child clauses specified in search filter expression containing 'OR' operators: ${count}. Max allowed: ${MOST_ALTERNATIVES}.`,
  );
}

function countAlternatives(filter: Filter): number {
  if (filter.kind === 'in') return filter.values.length;
  if (filter.kind === 'or') return countAlternatives(filter.left) + countAlternatives(filter.right);
  return filter.kind === 'and' ? Math.max(countAlternatives(filter.left), countAlternatives(filter.right)) : 1;
}

function findKeys(filter: Filter): string[] | null {
  if (filter.kind !== 'in' && filter.kind !== 'compare') return null;
  if (filter.path !== 'id' && filter.path !== 'userPrincipalName') return null;
  if (filter.kind === 'in') return filter.values.map(String);
  return filter.operator === 'eq' ? [String(filter.value)] : null;
}

function requireAllowedOperator(path: string, operator: string, paths: Set<string>): void {
  paths.add(path);
  if (ALLOWED[path]?.includes(operator)) return;
  throw unsupportedQuery(
    `Unsupported or invalid query filter clause specified for property '${path}' of resource 'User'.`,
  );
}

/** Sorts before all dates, where the filter also lists people without a sign-in. */
const NO_DATE = '';

function readValue(person: Person, path: string, tenant: Tenant): unknown {
  const cut = path.indexOf('/');
  const read = findUserProperty(cut < 0 ? path : path.slice(0, cut));
  const value = read?.(person, tenant);
  if (cut < 0) return value ?? null;
  const listsUnknown = path.startsWith('signInActivity/') && tenant.switches.signInFilterLists === 'unknown-too';
  return readPath(value, path.slice(cut + 1)) ?? (listsUnknown ? NO_DATE : null);
}

/** `"displayName:ana"` or several joined by AND: the start of any word. */
function createSearch(text: string): (person: Person) => boolean {
  const clauses = [...text.matchAll(/"(\w+):([^"]*)"/g)];
  if (clauses.length === 0) throw badRequest(`Syntax error: '${text}' is no valid $search.`, 'BadRequest');
  return (person) =>
    clauses.every(([, property, wanted = '']) => {
      const text =
        property === 'userPrincipalName'
          ? person.userPrincipalName
          : property === 'mail'
            ? (person.mail ?? '')
            : person.displayName;
      return text
        .toLowerCase()
        .split(/[\s.@]+/)
        .some((word) => word.startsWith(wanted.toLowerCase()));
    });
}
