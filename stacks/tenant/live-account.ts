// One account as the tenant has it now: what the guard compares with the review, and what the steps start from.

import { agentProperty } from '../../graph/account-kind.ts';
import {
  type Fields,
  findDay,
  findText,
  getListOrEmpty,
  requireFields,
  requireText,
} from '../../graph/json-fields.ts';
import { formatUserSelect, parseUser } from '../../graph/user.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Day, LicenseDoubt } from '../../policy/evidence.ts';
import type { LiveAccount } from '../../policy/guard.ts';
import { formatList } from '../../policy/labels.ts';

/** One entry of licenseAssignmentStates that is in effect. */
export interface Assignment {
  /** In lower case. */
  skuId: string;
  /** null: assigned directly. */
  assignedByGroup: string | null;
  /** Service plan ids that are off in it. */
  disabledPlans: readonly string[];
  /** lastUpdatedDateTime; null when Graph does not say. */
  assignedOn: Day | null;
}

/** What is odd about a licence: nothing is held by it for certain, so that nothing of it is taken and nothing rests on it. */
export interface DoubtfulLicense {
  /** In lower case. */
  skuId: string;
  /** null: assigned directly, or nobody knows how. */
  assignedByGroup: string | null;
  doubt: Exclude<LicenseDoubt, 'product-unknown'>;
  /** Microsoft's word for what is wrong; null: it has none. */
  error: string | null;
}

/** How Active Directory knows a synced account. */
export interface OnPremisesNames {
  securityIdentifier: string | null;
  userPrincipalName: string | null;
}

/** What GET /users/{id} tells; roles, mailbox and sign-ins come from elsewhere. */
export interface LiveUser extends Omit<LiveAccount, FoundElsewhere | 'licenses'> {
  accountEnabled: boolean;
  isManagementRestricted: boolean;
  onPremisesSyncEnabled: boolean;
  onPremises: OnPremisesNames;
  /** null: licences cannot be given. */
  usageLocation: string | null;
  licenses: readonly Assignment[];
  doubtfulLicenses: readonly DoubtfulLicense[];
}

/** All of an account that the apply looks at, but for its sign-ins, which only the guard asks for. */
export interface FoundAccount
  extends Omit<LiveUser, 'licenses'>,
    Pick<LiveAccount, Exclude<FoundElsewhere, 'signIns'>> {
  licenses: readonly NamedAssignment[];
  /** Why the products could not be read, so that `licenses` has ids for names; null: they could. */
  unnamed: DormantError | null;
}

/** With its product's name; the id where the tenant does not list the product any more. */
export interface NamedAssignment extends Assignment {
  skuPartNumber: string;
}

type FoundElsewhere = 'roles' | 'privilegeAccess' | 'mailbox' | 'signIns';

/** A GUID needs no encoding; anything else must not reach another path. */
export function buildUserPath(id: string): string {
  return `/users/${encodeURIComponent(id)}`;
}

/** `$select` of `userNow`. */
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

/** Throws `unexpected-answer`, naming the account by its id and what is odd about it: nothing is written to half an account. */
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
    remedy:
      'Nothing was done to this account. Look at it in the Entra admin center, and run the apply again.',
  });
}

/** What is in effect. */
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

/** The assignment failed (no seats, a conflict), so nothing is held by it. */
function isInError({ state }: Fields): boolean {
  return state === 'Error';
}

function getSkuId(fields: Fields, where: string): string {
  return requireText(fields, 'skuId', where).toLowerCase();
}
