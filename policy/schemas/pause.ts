// A pause: until a day nothing is taken, for a stack in its tenant.yaml, for all of them in policy.yaml.
import Type, { type Static } from 'typebox';
import { DaySchema, strictObject } from './parts.ts';

export const Pause = strictObject(
  {
    until: { ...DaySchema, description: 'The last day of the pause, in UTC, YYYY-MM-DD.' },
    reason: Type.String({ minLength: 3, description: 'Why; every report and pull request shows it.' }),
  },
  'Nothing is taken; audits and giving back go on. Its days do not count as days of a stage. Written by `dormant pause`.',
);
export type Pause = Static<typeof Pause>;
