// When nothing is taken: weekdays, dates, hours and the days of an iCalendar file.
import Type, { type Static } from 'typebox';
import { DaySchema, strictObject } from './parts.ts';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export const Calendar = strictObject(
  {
    closed: strictObject({
      weekdays: Type.Optional(Type.Array(Type.Enum([...weekdays]), { uniqueItems: true })),
      dates: Type.Optional(
        Type.Array(
          strictObject({
            from: DaySchema,
            to: Type.Optional({ ...DaySchema, description: 'The last day; absent: from is the only one.' }),
            reason: Type.String({ minLength: 3 }),
          }),
          { description: 'They do not count as days of a stage.' },
        ),
      ),
      holidays: Type.Optional(
        Type.String({
          pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.ics$',
          description:
            'An iCalendar file (RFC 5545) beside policy.yaml; the days of its events are closed as dates are.',
        }),
      ),
      hours: Type.Optional(
        Type.Array(Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d-(([01]\\d|2[0-3]):[0-5]\\d|24:00)$' }), {
          description: 'From and to, such as 16:00-24:00; 16:00-08:00 ends on the next day.',
        }),
      ),
    }),
  },
  'When nothing is taken, in the time zone of each tenant.yaml; giving back goes on. What waits is applied once it is open again.',
);
export type Calendar = Static<typeof Calendar>;
