// The -Filter of Get-Mailbox (OPATH), for those of its properties that Exchange Online can filter by. MicrosoftDocs/
// office-docs-powershell, filter-properties.md lists them; DelayHoldApplied and DelayReleaseHoldApplied are not among them.
import { type Condition, evaluate, parseFilter, type Test } from '../conditions.ts';
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

/** Whether a mailbox passes; everything does where no filter is given. */
export function filterMailboxes(filter: unknown): (read: () => Record<string, unknown>) => boolean {
  if (filter === undefined) return () => true;
  const condition = readFilter(String(filter));
  evaluate(condition, (test) => {
    checkTest(test);
    return null; // so that every test is looked at
  });
  return (read) => {
    const mailbox = read();
    return evaluate(condition, (test) => decide(test, mailbox)) ?? false;
  };
}

function readFilter(filter: string): Condition {
  try {
    return parseFilter(filter.replace(/^\{(.*)\}$/s, '$1'));
  } catch (error) {
    if (error instanceof SyntaxError) throw unbound(`Invalid filter syntax. "${filter}"`);
    throw error;
  }
}

function checkTest({ property, operator, values: [value] }: Test): void {
  if (propertyNamed(property) === undefined)
    throw unbound(`"${property}" is not a recognized filterable property.`);
  if (!OPERATORS.includes(operator))
    throw unbound(`"-${operator}" is not a valid operator for "${property}".`);
  // "The wildcard character is supported only as a suffix in most parameters" (office-docs-powershell, recipient-filters.md).
  if (operator.endsWith('like') && value?.slice(0, -1).includes('*'))
    throw unbound(`"${value}" has a wildcard that is no suffix.`);
}

/** A property of several values passes if one of them does: "the filter returns a match if the property contains the value". */
function decide({ property, operator, values }: Test, mailbox: Record<string, unknown>): boolean {
  const [wanted = null] = values;
  const held = [mailbox[propertyNamed(property) ?? '']].flat().filter((value) => value !== null);
  const isNegated = operator.startsWith('n');
  if (wanted === null) return (held.length === 0) !== isNegated;
  const matches = operator.endsWith('like') ? likeness(wanted) : sameness(wanted);
  return held.some((value) => matches(String(value))) !== isNegated;
}

function propertyNamed(name: string): string | undefined {
  return FILTERABLE.find((known) => known.toLowerCase() === name.toLowerCase());
}

function sameness(wanted: string): (value: string) => boolean {
  return (value) => value.toLowerCase() === wanted.toLowerCase();
}

function likeness(wanted: string): (value: string) => boolean {
  const pattern = wanted.split('*').map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  const expression = new RegExp(`^${pattern.join('.*')}$`, 'is');
  return (value) => expression.test(value);
}

function unbound(reason: string): CmdletError {
  return new CmdletError(
    400,
    'ParameterBindingException',
    `Cannot bind parameter 'Filter' to the target. Exception setting "Filter": "${reason}"`,
  );
}
