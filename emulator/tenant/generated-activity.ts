// When generated people sign in and what they use: rhythms of those who work, last days of those who do not.
import { lastOn, NEVER, rhythm, type Trace } from './activity.ts';
import type { SignIns, Usage } from './person.ts';
import type { Standing } from './populations.ts';
import type { World } from './world.ts';

export const NO_SIGN_INS: SignIns = { interactive: NEVER, nonInteractive: NEVER, successful: NEVER };
export const NO_USAGE: Usage = {
  exchange: NEVER,
  oneDrive: NEVER,
  sharePoint: NEVER,
  skype: NEVER,
  yammer: NEVER,
  teams: NEVER,
};

const YAMMER_SHARE = 0.1;

/** The sign-ins of somebody who has signed in. */
export function generatedSignIns(world: World, index: number, standing: Standing): SignIns {
  const successful = trace(world, index, standing, 50, [1, 4]);
  return { interactive: trace(world, index, standing, 51, [2, 6]), nonInteractive: successful, successful };
}

/** What an employee uses. */
export function generatedUsage(world: World, index: number, standing: Standing): Usage {
  const of = (salt: number, pace: Pace) => trace(world, index, standing, salt, pace);
  return {
    ...NO_USAGE,
    exchange: of(52, [1, 3]),
    oneDrive: of(53, [1, 9]),
    sharePoint: of(54, [1, 12]),
    yammer: world.draw.unit(index, 9) < YAMMER_SHARE ? of(55, [3, 30]) : NEVER,
    teams: of(56, [1, 4]),
  };
}

/** Days between two uses: of the fastest and of the slowest. */
type Pace = readonly [number, number];

/** One service's use: a rhythm, or a last day some weeks or months back, a few days apart from the other services'. */
function trace(
  { draw, startDay }: World,
  index: number,
  standing: Standing,
  salt: number,
  pace: Pace,
): Trace {
  const lag = draw.between(index, salt, 0, 9);
  const back = (low: number, high: number) => lastOn(startDay - draw.between(index, 60, low, high) - lag);
  switch (standing) {
    case 'inactive':
      return back(95, 420);
    case 'fading':
      return back(45, 85);
    case 'former':
      return back(30, 500);
    default:
      return rhythm(draw.between(index, salt, ...pace), draw.bits(index, salt + 100) % 1000);
  }
}
