// Every user property that this tenant keeps, computed from a person; the others answer as never set.
import { DAY_MS, formatTimestamp } from '../clock.ts';
import { getEmptyValue, getProperties, isExtension } from '../odata/schema.ts';
import { findLastDay, type Trace } from '../tenant/activity.ts';
import { type AssignedLicense, listAssignedLicenses } from '../tenant/license-rules.ts';
import type { ChangedPerson, License, NoSignInForm, Person } from '../tenant/person.ts';
import { findRestrictedUnits } from '../tenant/privilege.ts';
import { generateGuid } from '../tenant/seeded-random.ts';
import { findSku } from '../tenant/skus.ts';
import type { Tenant } from '../tenant/tenant.ts';

const HOUR_MS = 3_600_000;

export type UserProperty = (person: Person, tenant: Tenant) => unknown;

/** The properties of GET /users without $select. */
export const DEFAULT_USER_PROPERTIES = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
] as const;

const propertyReaders: Record<string, UserProperty> = {
  id: (person) => person.id,
  accountEnabled: (person, tenant) =>
    findChanged(person, tenant)?.former.accountEnabled.show(person.accountEnabled) ?? person.accountEnabled,
  assignedLicenses: (person, tenant) => listVisibleLicenses(person, tenant),
  assignedPlans: (person, tenant) => listAssignedPlans(getVisibleLicenses(person, tenant)),
  companyName: (person) => person.companyName,
  createdDateTime: (person) => person.createdDateTime,
  creationType: (person) => person.creationType,
  department: (person) => person.department,
  displayName: (person) => person.displayName,
  employeeHireDate: (person) => person.employeeHireDate,
  employeeId: (person) => person.employeeId,
  employeeLeaveDateTime: (person) => person.employeeLeaveDateTime,
  employeeType: (person) => person.employeeType,
  externalUserState: (person) => (person.creationType === 'Invitation' ? 'Accepted' : null),
  givenName: (person) => person.givenName,
  // Only with $select; null, not false, for people in no restricted unit (the users resource).
  isManagementRestricted: (person, { directory }) =>
    findRestrictedUnits(directory, person.id).length > 0 ? true : null,
  identityParentId: (person) => person.identityParentId,
  jobTitle: (person) => person.jobTitle,
  licenseAssignmentStates: (person, tenant) =>
    getVisibleLicenses(person, tenant).filter(({ withoutState }) => !withoutState),
  mail: (person) => person.mail,
  mailNickname: (person) => person.mailNickname,
  officeLocation: (person) => person.officeLocation,
  onPremisesImmutableId: (person) =>
    person.onPremisesSyncEnabled === true ? Buffer.from(person.id.slice(0, 16)).toString('base64') : null,
  onPremisesLastSyncDateTime: (person, { clock }) =>
    person.onPremisesSyncEnabled === true ? formatTimestamp(clock.now() - (clock.now() % 1_800_000)) : null,
  onPremisesSamAccountName: (person) =>
    person.onPremisesSyncEnabled === null ? null : person.mailNickname.slice(0, 20),
  // Present wherever an account is or was synced.
  onPremisesSecurityIdentifier: (person) =>
    person.onPremisesSyncEnabled === null ? null : `S-1-5-21-1004336348-1177238915-682003330-${1100 + person.index}`,
  onPremisesSyncEnabled: (person) => person.onPremisesSyncEnabled,
  onPremisesUserPrincipalName: (person) => (person.onPremisesSyncEnabled === null ? null : person.userPrincipalName),
  proxyAddresses: (person) => (person.mail === null ? [] : [`SMTP:${person.mail}`]),
  signInActivity: (person, tenant) => buildSignInActivity(person, tenant),
  signInSessionsValidFromDateTime: (person, tenant) => {
    const changed = findChanged(person, tenant);
    return changed?.former.revokedAt.show(changed.revokedAt) ?? person.createdDateTime;
  },
  surname: (person) => person.surname,
  usageLocation: (person) => person.usageLocation,
  userPrincipalName: (person) => person.userPrincipalName,
  userType: (person) => person.userType,
};

/** How to read a property of type `user`, or undefined if Graph has no such property. */
export function findUserProperty(name: string): UserProperty | undefined {
  const known = propertyReaders[name];
  if (known) return known;
  if (isExtension(name)) return () => undefined;
  if (getProperties('user')[name] === undefined) return undefined;
  const empty = getEmptyValue('user', name);
  return () => empty;
}

/** The products of a person that Graph shows now, each once. */
export function listVisibleLicenses(person: Person, tenant: Tenant): AssignedLicense[] {
  return listAssignedLicenses(getVisibleLicenses(person, tenant));
}

/** The licences that Graph shows: an assignment takes a while to replicate. */
function getVisibleLicenses(person: Person, tenant: Tenant): readonly License[] {
  return findChanged(person, tenant)?.former.licenses.show(person.licenses) ?? person.licenses;
}

/** People who never tried to sign in get the form of `noSignIn`; undefined leaves the property out. */
function buildSignInActivity(person: Person, tenant: Tenant): Record<string, unknown> | null | undefined {
  if (tenant.switches.signInsShownOf === 'nobody') return undefined;
  const { interactive, nonInteractive, successful } = person.signIns;
  const lastSignInDateTime = formatMoment(interactive, person, tenant, 1);
  const lastNonInteractiveSignInDateTime = formatMoment(nonInteractive, person, tenant, 2);
  const lastSuccessfulSignInDateTime =
    successful === nonInteractive ? lastNonInteractiveSignInDateTime : formatMoment(successful, person, tenant, 2);
  if (!lastSignInDateTime && !lastNonInteractiveSignInDateTime && !lastSuccessfulSignInDateTime) {
    return noSignIn[person.noSignIn];
  }
  const requestId = generateGuid(tenant.world.random, person.index, 9300);
  return {
    lastSignInDateTime,
    lastSignInRequestId: lastSignInDateTime && requestId,
    lastNonInteractiveSignInDateTime,
    lastNonInteractiveSignInRequestId: lastNonInteractiveSignInDateTime && requestId,
    lastSuccessfulSignInDateTime,
    lastSuccessfulSignInRequestId: lastSuccessfulSignInDateTime && requestId,
  };
}

const noSignIn: Readonly<Record<NoSignInForm, Record<string, unknown> | null | undefined>> = {
  missing: undefined,
  null: null,
  nulls: {
    lastSignInDateTime: null,
    lastNonInteractiveSignInDateTime: null,
    lastSuccessfulSignInDateTime: null,
  },
  'first-day': {
    lastSignInDateTime: '0001-01-01T00:00:00Z',
    lastNonInteractiveSignInDateTime: '0001-01-01T00:00:00Z',
    lastSuccessfulSignInDateTime: '0001-01-01T00:00:00Z',
  },
};

function findChanged(person: Person, tenant: Tenant): ChangedPerson | undefined {
  return tenant.people.findChanged(person.index);
}

function formatMoment(trace: Trace, person: Person, { clock, world }: Tenant, salt: number): string | null {
  const day = findLastDay(trace, clock.today());
  if (day === null) return null;
  const second = world.random.getBetween(person.index, 70 + salt, 21_600, 79_200);
  const hour = clock.now() - (clock.now() % HOUR_MS); // never later than now, and the same within the hour
  return formatTimestamp(Math.min(day * DAY_MS + second * 1000, hour));
}

function listAssignedPlans(licenses: readonly License[]): Record<string, unknown>[] {
  return listAssignedLicenses(licenses).flatMap(({ skuId, disabledPlans }) => {
    const assigned = licenses.find((license) => license.skuId === skuId)?.lastUpdatedDateTime ?? null;
    return (findSku(skuId)?.plans ?? []).map(({ servicePlanId, servicePlanName }) => ({
      assignedDateTime: assigned,
      capabilityStatus: disabledPlans.includes(servicePlanId) ? 'Deleted' : 'Enabled',
      service: servicePlanName.split('_')[0]?.toLowerCase() ?? '',
      servicePlanId,
    }));
  });
}
