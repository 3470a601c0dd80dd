// The -Filter of Get-Mailbox (OPATH), for those of its properties that Exchange Online can filter by. MicrosoftDocs/
// office-docs-powershell, filter-properties.md lists them; DelayHoldApplied and DelayReleaseHoldApplied are not among them.
import { type Condition, type ConditionTest, evaluateCondition, parseOpathFilter } from '../conditions.ts';
import { CmdletError } from './cmdlet-error.ts';

const FILTERABLE = [
  'Alias',
  'ArchiveGuid',
  'ArchiveStatus',
  'ComplianceTagHoldApplied',
  'DisplayName',
  'ExternalDirectoryObjectId',
  'InPlaceHolds',
  'IsDirSynced',
  'IsShared',
  'LitigationHoldEnabled',
  'PrimarySmtpAddress',
  'RecipientTypeDetails',
  'SKUAssigned',
  'UserPrincipalName',
];
const OPERATORS = ['eq', 'ne', 'like', 'notlike'];

/** The test of a filter; without one every mailbox passes. */
export function createMailboxFilter(filter: unknown): (read: () => Record<string, unknown>) => boolean {
  if (filter === undefined) return () => true;
  const condition = parseMailboxFilter(String(filter));
  evaluateCondition(condition, (test) => {
    requireValidTest(test);
    return null; // so that every test is checked
  });
  return (read) => {
    const mailbox = read();
    return evaluateCondition(condition, (test) => decideTest(test, mailbox)) ?? false;
  };
}

function parseMailboxFilter(filter: string): Condition {
  try {
    return parseOpathFilter(filter.replace(/^\{(.*)\}$/s, '$1'));
  } catch (error) {
    if (error instanceof SyntaxError) throw createBindingError(`Invalid filter syntax. "${filter}"`);
    throw error;
  }
}

function requireValidTest({ property, operator, values: [value] }: ConditionTest): void {
  if (findProperty(property) === undefined)
    throw createBindingError(`"${property}" is not a recognized filterable property.`);
  if (!OPERATORS.includes(operator))
    throw createBindingError(`"-${operator}" is not a valid operator for "${property}".`);
  // "The wildcard character is supported only as a suffix in most parameters" (recipient-filters.md, same repository).
  if (operator.endsWith('like') && value?.slice(0, -1).includes('*'))
    throw createBindingError(`"${value}" has a wildcard that is no suffix.`);
}

/** One of several values is enough: "the filter returns a match if the property contains the value". */
function decideTest({ property, operator, values }: ConditionTest, mailbox: Record<string, unknown>): boolean {
  const [wanted = null] = values;
  const found = [mailbox[findProperty(property) ?? '']].flat().filter((value) => value !== null);
  const isNegated = operator.startsWith('n');
  if (wanted === null) return (found.length === 0) !== isNegated;
  const matches = operator.endsWith('like') ? createWildcardMatcher(wanted) : createEqualityMatcher(wanted);
  return found.some((value) => matches(String(value))) !== isNegated;
}

function findProperty(name: string): string | undefined {
  return FILTERABLE.find((known) => known.toLowerCase() === name.toLowerCase());
}

function createEqualityMatcher(wanted: string): (value: string) => boolean {
  return (value) => value.toLowerCase() === wanted.toLowerCase();
}

function createWildcardMatcher(wanted: string): (value: string) => boolean {
  const pattern = wanted.split('*').map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  const expression = new RegExp(`^${pattern.join('.*')}$`, 'is');
  return (value) => expression.test(value);
}

function createBindingError(reason: string): CmdletError {
  return new CmdletError(
    400,
    'ParameterBindingException',
    `Cannot bind parameter 'Filter' to the target. Exception setting "Filter": "${reason}"`,
  );
}
