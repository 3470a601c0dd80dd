// Other rules for other people, and whom it begins with: both name departments, domains, groups.
import Type, { type Static } from 'typebox';
import type { GroupId } from '../identifiers.ts';
import { Guid, populationName, somePatterns, strictObject, wholeDays } from './parts.ts';

const GroupReference = Type.Union([
  strictObject({ id: Type.Unsafe<GroupId>(Guid) }),
  strictObject({ name: Type.String({ minLength: 1, maxLength: 256, description: 'displayName' }) }),
]);
export type GroupReference = Static<typeof GroupReference>;

const whom = {
  departments: Type.Optional(somePatterns('Departments.')),
  domains: Type.Optional(
    somePatterns(
      'Domains of the userPrincipalName.',
      Type.String({ pattern: '^[^@\\s/]{1,256}$', description: 'A domain such as contoso.com, without an @.' }),
    ),
  ),
  groups: Type.Optional(
    Type.Array(GroupReference, {
      minItems: 1,
      description: 'Groups, each by id or by name; members of their groups count.',
    }),
  ),
};

export const Population = strictObject({
  name: Type.String({
    pattern: populationName,
    description: 'Lower-case letters, digits and hyphens; it stands in files, lists and reports.',
  }),
  match: Type.Object(
    {
      ...whom,
      licenses: Type.Optional(
        somePatterns(
          'SKU part numbers of which it holds one.',
          Type.String({ pattern: '^\\S{1,256}$', description: 'A SKU part number such as SPE_F1, without spaces.' }),
        ),
      ),
      employeeTypes: Type.Optional(somePatterns('employeeType values.')),
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
