// escalations.yaml: the executives whose accounts are silent, for HR. The audit writes it; it changes nothing in the tenant.
import Type, { type Static } from 'typebox';
import type { UserId, UserPrincipalName } from '../identifiers.ts';
import { fileSchema, Guid, nullable, strictObject } from './parts.ts';
import { SignedLine } from './signing.ts';

const name = Type.String({ minLength: 1, maxLength: 256 });

export const Escalation = strictObject({
  id: Type.Unsafe<UserId>(Guid),
  userPrincipalName: Type.Unsafe<UserPrincipalName>(name),
  displayName: name,
  why: Type.String({
    minLength: 1,
    description: 'What an executive was recognised by: a job title, a department, or a list of policy.yaml.',
  }),
  lastActivity: nullable(
    Type.String({
      format: 'date',
      description: 'A day in UTC, as it was seen on the first; null: no activity was ever seen.',
    }),
  ),
  since: Type.String({
    format: 'date',
    description: 'The first day on which an audit found the account silent; UTC.',
  }),
});
export type Escalation = Static<typeof Escalation>;

export const Escalations = fileSchema(
  1,
  { escalations: Type.Array(Escalation), signed: Type.Optional(SignedLine) },
  'Executives whose accounts are silent. HR decides about them; merging this changes nothing in the tenant, and lets the apply tell HR about new ones.',
);
export type Escalations = Static<typeof Escalations>;
