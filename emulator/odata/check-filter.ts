// Refuses the filters that Graph refuses for a type: unknown properties, literals of another type, operators that a property does not
// have or has only in advanced queries.
import { badRequest, unsupportedQuery } from './errors.ts';
import { findFilterSupport, hasFilterTable, type Support } from './filter-support.ts';
import type { Comparison, Filter } from './filter-syntax.ts';
import { checkTypes, findValueType, type Lambda, resolvePath } from './filter-types.ts';
import { createAdvancedQueryError } from './query.ts';
import { formatResourceName, getProperties, isExtension } from './schema.ts';

export interface FilterRules {
  /** The type of what is filtered. */
  readonly typeName: string;
  /** ConsistencyLevel: eventual and $count=true. */
  readonly isAdvanced: boolean;
  /** Whether texts can be compared by `ge` and `le`, which Microsoft's pages do not agree on. */
  readonly hasTextRanges: boolean;
}

/** The most alternatives in one filter, those of `in` included. */
const MOST_ALTERNATIVES = 15;

/** Throws Graph's 400 for a filter that this type does not have. */
export function checkFilter(filter: Filter, rules: FilterRules): void {
  requireFewAlternatives(filter);
  checkPart(filter, rules, []);
}

/** `lambdas`: the collections that the part is about, as `assignedLicenses/any`, with their variables. */
function checkPart(filter: Filter, rules: FilterRules, lambdas: readonly Lambda[]): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      checkPart(filter.left, rules, lambdas);
      checkPart(filter.right, rules, lambdas);
      return;
    case 'not':
      if (!rules.isAdvanced) throw createAdvancedQueryError("Operator 'not'");
      checkPart(filter.of, rules, lambdas);
      return;
    case 'any':
      checkPart(filter.of, rules, [...lambdas, { variable: filter.variable, path: filter.path }]);
      return;
    case 'compare':
      checkTypes(filter.path, [filter.type], filter.operator, { typeName: rules.typeName, lambdas });
      checkOperator(filter, rules, resolvePath(filter.path, lambdas));
      return;
    case 'in':
      checkTypes(filter.path, filter.types, 'eq', { typeName: rules.typeName, lambdas });
      requireSupport(resolvePath(filter.path, lambdas), 'eq', rules);
      return;
    case 'text':
      checkText(filter, rules, lambdas);
  }
}

function checkOperator(
  { operator, value }: Extract<Filter, { kind: 'compare' }>,
  rules: FilterRules,
  path: string,
): void {
  if (path.endsWith('/$count')) {
    checkCount(path, operator, { value, rules });
    return;
  }
  if (operator === 'ne' && !rules.isAdvanced) throw createAdvancedQueryError(`Operator 'ne' on '${path}'`);
  const isEquality = operator === 'eq' || operator === 'ne';
  const isRange = operator === 'ge' || operator === 'le';
  // No page lists `gt` and `lt` for a directory object.
  const need = isRange ? 'range' : isEquality ? (value === null ? 'null' : 'eq') : 'strict';
  requireSupport(path, need, rules);
}

/** The length of a collection is compared with 0, that of few collections also with 1; anything else is undocumented. */
function checkCount(
  path: string,
  operator: Comparison,
  { value, rules }: { value: unknown; rules: FilterRules },
): void {
  if (!rules.isAdvanced) throw createAdvancedQueryError(`Operator '${operator}' on '${path}'`);
  const hasOne = path.startsWith('owners/') || path.startsWith('ownedObjects/');
  if (findSupport(path, 'eq', rules) === '-' || ((operator === 'eq' || operator === 'ne') && value === 1 && !hasOne))
    throw unsupportedQuery('The request uses a filter property that is not indexed');
}

function checkText(filter: Extract<Filter, { kind: 'text' }>, rules: FilterRules, lambdas: readonly Lambda[]): void {
  const path = resolvePath(filter.path, lambdas);
  const type = findValueType(filter.path, { typeName: rules.typeName, lambdas });
  if (type !== null && type !== 'String') {
    throw badRequest(
      `Invalid filter clause: No function signature for the function with name '${filter.test}' matches the specified arguments. The function signatures considered are: ${filter.test}(Edm.String Nullable=true, Edm.String Nullable=true).`,
      'BadRequest',
    );
  }
  if (filter.test === 'startswith') {
    requireSupport(path, 'startsWith', rules);
    return;
  }
  if (filter.test === 'endswith' && endsWithPaths.has(path)) {
    if (!rules.isAdvanced) throw createAdvancedQueryError("Operator 'endsWith'");
    return;
  }
  // "The contains string operator is currently not supported" (microsoft-graph-docs, PR 10156).
  throw createUnsupportedError(path, rules);
}

/** "endsWith is supported only with advanced queries on mail and userPrincipalName" (concepts/aad-advanced-queries.md). */
const endsWithPaths: ReadonlySet<string> = new Set([
  'mail',
  'userPrincipalName',
  'proxyAddresses/any',
  'otherMails/any',
]);

type Need = 'eq' | 'startsWith' | 'range' | 'null' | 'strict';

function requireSupport(path: string, need: Need, rules: FilterRules): void {
  const support = findSupport(path, need, rules);
  if (support === 'd' || (support === 'a' && rules.isAdvanced)) return;
  throw createUnsupportedError(path, rules);
}

/** Types without a table, and extensions, are filtered as anybody likes. */
function findSupport(path: string, need: Need, { typeName, hasTextRanges }: FilterRules): Support {
  if (!hasFilterTable(typeName) || isExtension(path)) return 'd';
  const row = findFilterSupport(typeName, path);
  if (row === undefined || need === 'strict') return '-';
  const isText = getProperties(typeName)[path]?.startsWith('String') === true && path !== 'id';
  return need === 'range' && row.range === '-' && hasTextRanges && isText ? row.eq : row[need];
}

/** The sentences that applications were given: microsoft-graph-docs-contrib 9135, and the page on advanced queries. */
function createUnsupportedError(path: string, { typeName, isAdvanced }: FilterRules): Error {
  if (isAdvanced) return unsupportedQuery('The request uses a filter property that is not indexed');
  return unsupportedQuery(
    `Unsupported or invalid query filter clause specified for property '${path.split('/')[0]}' of resource '${formatResourceName(typeName)}'.`,
  );
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
