// Other rules for other people, and whom it begins with: both name departments, domains, groups.
import Type, { type Static } from 'typebox';
import type { GroupId } from '../identifiers.ts';
import { Guid, patterns, strictObject, wholeDays } from './parts.ts';

const GroupReference = Type.Union([
  strictObject({ id: Type.Unsafe<GroupId>(Guid) }),
  strictObject({ name: Type.String({ minLength: 1, maxLength: 256, description: 'displayName' }) }),
]);

const whom = {
  departments: Type.Optional(patterns('Departments.')),
  domains: Type.Optional(patterns('Domains of the userPrincipalName.')),
  groups: Type.Optional(
    Type.Array(GroupReference, { description: 'Groups, each by id or by name; members of their groups count.' }),
  ),
};

export const Population = strictObject({
  name: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$', description: 'As it stands in files, lists and reports.' }),
  match: Type.Object(
    {
      ...whom,
      licenses: Type.Optional(patterns('SKU part numbers of which it holds one.')),
      employeeTypes: Type.Optional(patterns('employeeType values.')),
    },
    {
      additionalProperties: false,
      minProperties: 1,
      description: 'Who belongs to it: something of every kind that is named here.',
    },
  ),
  inactiveAfterDays: wholeDays(90, 'As for everybody else, above.', 180),
  minimumAccountAgeDays: Type.Optional(wholeDays(90, 'Absent: as above.')),
  minimumLicenseAgeDays: Type.Optional(wholeDays(30, 'Absent: as above.')),
  stages: Type.Optional(
    strictObject({
      notifyDays: Type.Optional(wholeDays(7, 'Absent: as above.')),
      reviewDays: Type.Optional(wholeDays(7, 'Absent: as above.')),
      disableDays: Type.Optional(wholeDays(7, 'Absent: as above.')),
    }),
  ),
});
export type Population = Static<typeof Population>;

export const Scope = Type.Object(
  {
    ...whom,
    share: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        description:
          'Of all accounts, chosen by a hash of their ids: the same people each time, and more with a larger share.',
      }),
    ),
  },
  {
    additionalProperties: false,
    minProperties: 1,
    description: 'Whom it begins with: something of every kind that is named here. Absent: everybody.',
  },
);
export type Scope = Static<typeof Scope>;
