// Which day an instant is on in a time zone. Stages move on UTC days; mails name days in the tenant's zone. Pure.
import type { Day } from '../../policy/evidence.ts';

/** `timeZone` is an IANA name, as `tenant.yaml` has it. Throws `RangeError` for any other. */
export function toDayInZone(instant: Date, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(instant);
  const getPart = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${getPart('year')}-${getPart('month')}-${getPart('day')}`;
}
