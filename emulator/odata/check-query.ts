// Refuses the query options that Graph refuses for a resource, before anything is read. Directory objects have rules of their own; for
// others "query parameters might fail silently" (known issues of Graph), so here they do.
import { checkFilter } from './check-filter.ts';
import { badRequest, GraphError, unsupportedQuery } from './errors.ts';
import { findFilterSupport } from './filter-support.ts';
import type { Filter } from './filter-syntax.ts';
import { createAdvancedQueryError, isAdvanced, type Query } from './query.ts';
import {
  createUnknownPropertyError,
  formatResourceName,
  getNavigation,
  getProperties,
  isDirectoryObject,
  isExtension,
  requireProperty,
} from './schema.ts';

export interface QueryRules {
  /** The type of what is answered; `directoryObject`: objects of several types. */
  readonly typeName: string;
  readonly isCollection: boolean;
  /** A list that belongs to an object, as its members or owners. */
  readonly isRelationship: boolean;
  /** The relationship goes over several steps, and the list is narrowed to one type. */
  readonly isTransitiveCast: boolean;
  /** Options that this resource does not have, each with Graph's sentence. */
  readonly refusedOptions: Readonly<Record<string, string>>;
  /** As in FilterRules. */
  readonly hasTextRanges: boolean;
}

/** Throws Graph's error for the first option that this resource does not have in this form. */
export function checkQuery(query: Query, filter: Filter | null, rules: QueryRules): void {
  for (const option of query.options) {
    const sentence = rules.refusedOptions[option];
    if (sentence !== undefined) throw badRequest(sentence, 'BadRequest');
  }
  if (!isDirectoryObject(rules.typeName)) return;
  if (query.options.includes('$skip')) throw unsupportedQuery("'$skip' is not supported by the service.");
  checkSelect(query, rules);
  checkExpand(query, rules);
  if (rules.isCollection) checkCollection(query, filter, rules);
}

/** An object of several types has the properties of all of them. */
function checkSelect({ select }: Query, { typeName, isCollection }: QueryRules): void {
  if (select === null || typeName === 'directoryObject') return;
  for (const name of select) {
    if (typeName === 'user' && isCollection && singleUserProperties.has(name)) {
      throw new GraphError(501, 'NotImplemented', `${name} is not supported in a list of users; ask for one user.`);
    }
    // What is expanded may be named among the selected properties.
    if (getNavigation(typeName)[name] === undefined) requireProperty(typeName, name);
  }
}

/** "The following properties are only supported when retrieving a single user" (user-list.md, Optional query parameters). */
const singleUserProperties: ReadonlySet<string> = new Set([
  'aboutMe',
  'birthday',
  'hireDate',
  'interests',
  'mailboxSettings',
  'mySite',
  'pastProjects',
  'preferredName',
  'responsibilities',
  'schools',
  'skills',
]);

/** "Only one relationship can be expanded in a single request" (concepts/query-parameters.md). */
function checkExpand(query: Query, { typeName, isCollection }: QueryRules): void {
  const { expand } = query;
  if (expand.length > 1) throw unsupportedQuery('Only one property can be expanded in a single query.');
  for (const { property } of expand) {
    if (property === '*' || typeName === 'directoryObject') continue;
    if (getNavigation(typeName)[property] === undefined)
      throw createUnknownPropertyError('Parsing OData Select and Expand failed', typeName, property);
    // One user with `$levels` is documented with both of its parameters (user-list-manager.md).
    if (isCollection && isAdvanced(query))
      throw unsupportedQuery('$expand is not currently supported with advanced queries.');
  }
}

function checkCollection(query: Query, filter: Filter | null, rules: QueryRules): void {
  const advanced = isAdvanced(query);
  if (query.search !== null && !query.isEventual) {
    throw unsupportedQuery(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  // "ConsistencyLevel … is required when using $search, $filter, or OData cast" (group-list-transitivemembers.md).
  if (rules.isTransitiveCast && !advanced) throw createAdvancedQueryError('OData cast');
  // Sentences that applications were given: microsoft-graph-docs 11242 and 12152, microsoft-graph-docs-contrib 2652. That one
  // id may be asked for is what hashicorp's azuread provider lives by (administrativeUnitGetMember).
  if (rules.isRelationship && filter !== null && !isOneId(filter) && !advanced)
    throw unsupportedQuery('The specified filter to the reference property query is currently not supported.');
  if (rules.isRelationship && query.orderBy !== null && !advanced) {
    throw unsupportedQuery(
      'Given expression for $orderby Microsoft.OData.UriParser.SingleValueOpenPropertyAccessNode is not supported',
    );
  }
  if (filter !== null && query.orderBy !== null && !advanced)
    throw createAdvancedQueryError("Sorting not supported for current query: '$orderby' with '$filter'");
  if (rules.typeName === 'directoryObject') return;
  if (filter !== null)
    checkFilter(filter, { typeName: rules.typeName, isAdvanced: advanced, hasTextRanges: rules.hasTextRanges });
  if (query.orderBy !== null) checkOrder(query.orderBy.property, rules.typeName, advanced);
}

function isOneId(filter: Filter): boolean {
  return filter.kind === 'compare' && filter.path === 'id' && filter.operator === 'eq';
}

/** Sorted by default; others only as an advanced query, if they can be filtered. */
const sortedByDefault: ReadonlySet<string> = new Set(['displayName', 'userPrincipalName']);

/** The sentence that an application was given: microsoft-graph-docs-contrib 1354. */
function checkOrder(property: string, typeName: string, advanced: boolean): void {
  const first = property.split('/')[0] ?? '';
  if (getProperties(typeName)[first] === undefined && !isExtension(first))
    throw createUnknownPropertyError('Parsing OData OrderBy failed', typeName, property);
  if (sortedByDefault.has(property)) return;
  if (advanced && findFilterSupport(typeName, property) !== undefined) return;
  throw unsupportedQuery(`Unsupported sort property '${property}' for '${formatResourceName(typeName)}'.`);
}
