// One account as the tenant has it now: what the guard compares with the review, and where the steps start.

import { agentProperty } from '../../graph/account-kind.ts';
import { type Fields, findDay, findText, getListOrEmpty, requireFields, requireText } from '../../graph/json-fields.ts';
import { formatUserSelect, parseUser } from '../../graph/user.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Day, LicenseDoubt } from '../../policy/evidence.ts';
import type { LiveAccount } from '../../policy/guard/guard.ts';
import type { UserId, UserPrincipalName } from '../../policy/identifiers.ts';
import { formatList } from '../../policy/words/labels.ts';

/** One licenseAssignmentStates entry in effect. */
export interface Assignment {
  /** In lower case. */
  skuId: string;
  /** null: assigned directly. */
  assignedByGroup: string | null;
  /** Ids of its disabled service plans. */
  disabledPlans: readonly string[];
  /** lastUpdatedDateTime; null when Graph does not say. */
  assignedOn: Day | null;
}

/** Why a licence is in doubt: it may not be in effect, so it is not taken and nothing relies on it. */
interface DoubtfulLicense {
  /** In lower case. */
  skuId: string;
  /** null: assigned directly or in an unknown way. */
  assignedByGroup: string | null;
  doubt: Exclude<LicenseDoubt, 'product-unknown'>;
  /** Microsoft's name for the error; null: none. */
  error: string | null;
}

interface OnPremisesNames {
  securityIdentifier: string | null;
  userPrincipalName: UserPrincipalName | null;
}

/** From GET /users/{id}; roles, mailbox and sign-ins are read elsewhere. */
export interface LiveUser extends Omit<LiveAccount, FoundElsewhere | 'licenses'> {
  accountEnabled: boolean;
  isManagementRestricted: boolean;
  onPremisesSyncEnabled: boolean;
  onPremises: OnPremisesNames;
  /** null: no licence can be assigned. */
  usageLocation: string | null;
  licenses: readonly Assignment[];
  doubtfulLicenses: readonly DoubtfulLicense[];
}

/** All that the apply reads of an account, except its sign-ins, which only the guard needs. */
export interface FoundAccount
  extends Omit<LiveUser, 'licenses'>,
    Pick<LiveAccount, Exclude<FoundElsewhere, 'signIns'>> {
  licenses: readonly NamedAssignment[];
  /** Why the products could not be read, so that `licenses` has ids for names; null: they were. */
  unnamed: DormantError | null;
}

/** With its product's name; the id if the tenant no longer lists the product. */
export interface NamedAssignment extends Assignment {
  skuPartNumber: string;
}

type FoundElsewhere = 'roles' | 'privilegeAccess' | 'mailbox' | 'signIns';

/** A GUID needs no encoding; anything else must not reach another path. */
export function buildUserPath(id: UserId): string {
  return `/users/${encodeURIComponent(id)}`;
}

/** `$select` for `parseLiveUser`. */
export function buildLiveUserSelect(agents: boolean): string {
  return formatUserSelect('unavailable', agents ? [...properties, agentProperty] : properties);
}

const properties = [
  'usageLocation',
  'onPremisesSecurityIdentifier',
  'onPremisesUserPrincipalName',
  'assignedLicenses',
  'licenseAssignmentStates',
];

/** Throws `unexpected-answer` with the account's id and what is wrong: nothing is written to half an account. */
export function parseLiveUser(body: unknown): LiveUser {
  const { fields, user, where } = parseUser(body, 'GET /users/{id}', 'unavailable');
  const { signIns: _, ...rest } = fields;
  requireComplete(where, fields.incomplete);
  return {
    ...rest,
    usageLocation: findText(user, 'usageLocation', where),
    onPremises: {
      securityIdentifier: findText(user, 'onPremisesSecurityIdentifier', where),
      userPrincipalName: findText(user, 'onPremisesUserPrincipalName', where),
    },
    licenses: parseAssignments(user, where),
    doubtfulLicenses: parseDoubtfulLicenses(user, where),
  };
}

function requireComplete(where: string, incomplete: readonly string[]): void {
  if (incomplete.length === 0) return;
  throw new DormantError('unexpected-answer', `${where}: ${formatList(incomplete)} cannot be read.`, {
    where,
    remedy: 'Nothing was done to this account. Look at it in the Entra admin center, and run the apply again.',
  });
}

/** Those in effect. */
export function parseAssignments(user: Fields, where: string): Assignment[] {
  return listStates(user, where)
    .filter((state) => !isInError(state))
    .map((state) => ({
      skuId: getSkuId(state, where),
      assignedByGroup: findText(state, 'assignedByGroup', where),
      disabledPlans: getListOrEmpty(state, 'disabledPlans', where).map(String),
      assignedOn: findDay(state, 'lastUpdatedDateTime', where),
    }));
}

function parseDoubtfulLicenses(user: Fields, where: string): DoubtfulLicense[] {
  const states = listStates(user, where);
  const inStates = new Set(states.map((state) => getSkuId(state, where)));
  const assigned = getListOrEmpty(user, 'assignedLicenses', where).map((each) =>
    getSkuId(requireFields(each, where), where),
  );
  return [
    ...states.filter(isInError).map((state): DoubtfulLicense => {
      const error = findText(state, 'error', where);
      return {
        skuId: getSkuId(state, where),
        assignedByGroup: findText(state, 'assignedByGroup', where),
        doubt: 'in-error',
        error: error === 'None' ? null : error,
      };
    }),
    ...assigned
      .filter((skuId) => !inStates.has(skuId))
      .map(
        (skuId): DoubtfulLicense => ({
          skuId,
          assignedByGroup: null,
          doubt: 'without-assignment',
          error: null,
        }),
      ),
  ];
}

function listStates(user: Fields, where: string): Fields[] {
  return getListOrEmpty(user, 'licenseAssignmentStates', where).map((entry) => requireFields(entry, where));
}

/** The assignment failed (no seats, a conflict), so it gives nothing. */
function isInError({ state }: Fields): boolean {
  return state === 'Error';
}

function getSkuId(fields: Fields, where: string): string {
  return requireText(fields, 'skuId', where).toLowerCase();
}
