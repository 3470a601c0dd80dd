// Which day it is where the tenant is: the dates of a mail are read there. Pure.
import type { Day } from '../../policy/evidence.ts';

/** `timeZone` is an IANA name, as `tenant.yaml` has it. Throws `RangeError` for any other. */
export function dayAt(instant: Date, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}
