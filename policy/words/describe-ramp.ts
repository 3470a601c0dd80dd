// Where on its ramp a stack is, in words. Pure.
import type { RampPosition } from '../guard/ramp.ts';
import type { Policy } from '../schemas/policy.ts';
import { formatCount } from './labels.ts';

/** `5 accounts at a time, of 100 that the limits allow: no wave has been merged yet`. Without a full stop and without names. */
export function describeRamp(position: RampPosition, { ramp, limits }: Pick<Policy, 'ramp' | 'limits'>): string {
  const { cap, isAtTop, pending } = position;
  const most = isAtTop ? 'as many as the limits allow' : `of ${limits.changesPerApply} that the limits allow`;
  const quiet = formatCount(ramp?.quietDays ?? 0, 'day');
  const next = pending === null ? '' : `; the wave of ${pending.day} counts on ${pending.until} if it stays quiet`;
  return `${formatCount(cap, 'account')} at a time, ${most}: ${describeLast(position, quiet)}${next}`;
}

function describeLast({ last }: RampPosition, quiet: string): string {
  if (last === null) return 'no wave has been good yet';
  if (last.givenBack === 0) return `the wave of ${last.day} was quiet for ${quiet}`;
  const back = formatCount(last.givenBack, 'account was', 'accounts were');
  return `it fell after the wave of ${last.day}, of which ${back} given back within ${quiet}`;
}
