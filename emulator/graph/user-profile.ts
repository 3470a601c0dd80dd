// The properties of a user that an app with write access may set: what HR systems and admins edit.
import { badRequest } from '../odata/errors.ts';
import { getProperties } from '../odata/schema.ts';
import type { ChangedPerson } from '../tenant/person.ts';
import type { Tenant } from '../tenant/tenant.ts';

const PROFILE = [
  'companyName',
  'department',
  'displayName',
  'employeeId',
  'employeeType',
  'givenName',
  'jobTitle',
  'officeLocation',
  'surname',
  'usageLocation',
] as const;

/** Writes profile properties; those this tenant does not keep are accepted and ignored, unknown ones refused. */
export function writeProfile(tenant: Tenant, index: number, profile: Record<string, unknown>): void {
  const known = getProperties('user');
  for (const [name, value] of Object.entries(profile)) {
    if (known[name] === undefined) throw badRequest(`Invalid property '${name}'.`);
    if (typeof value !== 'string' && value !== null) continue;
    if (name === 'userPrincipalName' && value !== null) tenant.people.rename(index, value);
    const property = PROFILE.find((each) => each === name);
    if (property) writeProperty(tenant.people.change(index), property, value);
  }
}

function writeProperty(person: ChangedPerson, property: (typeof PROFILE)[number], value: string | null): void {
  if (property === 'displayName') person.displayName = value ?? person.displayName;
  else person[property] = value;
}
