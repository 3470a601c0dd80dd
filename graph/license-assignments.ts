// licenseAssignmentStates and assignedLicenses of one account, for audit and apply.
import { foldId, type GroupId, type SkuId } from '../policy/identifiers.ts';
import { type Fields, findDay, findGuid, getListOrEmpty, isFields, requireFields, requireGuid } from './json-fields.ts';

export interface LicenseAssignment {
  skuId: SkuId;
  /** null: assigned directly, or in an unknown way. */
  assignedByGroup: GroupId | null;
  /** Ids of its disabled service plans. */
  disabledPlans: readonly string[];
  /** The day of lastUpdatedDateTime; null where Graph does not say. */
  assignedOn: string | null;
  /** Why it may not be in effect; absent: it is. */
  doubt?: 'in-error' | 'without-assignment';
  /** Microsoft's word for what is wrong with one in error, such as CountViolation. */
  error?: string;
}

/** One state. */
export function parseAssignment(entry: unknown, where: string): LicenseAssignment {
  const state = requireFields(entry, where);
  return {
    skuId: requireGuid(state, 'skuId', where),
    assignedByGroup: findGuid(state, 'assignedByGroup', where),
    disabledPlans: getListOrEmpty(state, 'disabledPlans', where).map((plan) => requireGuid({ plan }, 'plan', where)),
    assignedOn: findDay(state, 'lastUpdatedDateTime', where),
    ...findError(state),
  };
}

/** The entries of assignedLicenses that are in none of the states, each product once. */
export function listUnstated(
  assigned: readonly unknown[],
  states: readonly unknown[],
  where: string,
): LicenseAssignment[] {
  const parseId = (entry: unknown) => foldId(requireGuid(requireFields(entry, where), 'skuId', where));
  const known = new Set(states.map(parseId));
  return assigned.flatMap((entry): LicenseAssignment[] => {
    const isKnown = known.has(parseId(entry));
    known.add(parseId(entry));
    return isKnown ? [] : [{ ...parseAssignment(entry, where), doubt: 'without-assignment' }];
  });
}

/**
 * Whether Entra did not take it back from somebody who has left its group, because a plan of another product needs one of its
 * plans (Microsoft, "Identify and resolve license assignment problems", "Other products depend on this license"). Which state
 * it then has is not documented; the error is.
 */
export function isNeededByAnother(entry: unknown): boolean {
  return isFields(entry) && entry.error === 'DependencyViolation';
}

/** In state Error the assignment failed (no seats, a conflict), so it gives nothing. ActiveWithError is in effect. */
function findError({ state, error }: Fields): Pick<LicenseAssignment, 'doubt' | 'error'> {
  if (String(state).toLowerCase() !== 'error') return {};
  const word = typeof error === 'string' && /^\w{1,64}$/.test(error) && error !== 'None' ? { error } : {};
  return { doubt: 'in-error', ...word };
}
