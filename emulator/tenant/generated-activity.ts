// Sign-ins and use of generated people: a rhythm for those who work, a last day for those who do not.
import { buildLastUse, buildRhythm, NEVER, type Trace } from './activity.ts';
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

/** The sign-ins of a person who has signed in. */
export function generateSignIns(world: World, index: number, standing: Standing): SignIns {
  const successful = generateTrace(world, index, { standing, salt: 50, pace: [1, 4] });
  return {
    interactive: generateTrace(world, index, { standing, salt: 51, pace: [2, 6] }),
    nonInteractive: successful,
    successful,
  };
}

/** The services that an employee uses. */
export function generateUsage(world: World, index: number, standing: Standing): Usage {
  const generateFor = (salt: number, pace: Pace) => generateTrace(world, index, { standing, salt, pace });
  return {
    ...NO_USAGE,
    exchange: generateFor(52, [1, 3]),
    oneDrive: generateFor(53, [1, 9]),
    sharePoint: generateFor(54, [1, 12]),
    yammer: world.random.getUnit(index, 9) < YAMMER_SHARE ? generateFor(55, [3, 30]) : NEVER,
    teams: generateFor(56, [1, 4]),
  };
}

/** The fewest and the most days between two uses. */
type Pace = readonly [number, number];

/** Use of one service: a rhythm, or a last day weeks or months ago, a few days apart from the other services. */
function generateTrace(
  { random, startDay }: World,
  index: number,
  { standing, salt, pace }: { standing: Standing; salt: number; pace: Pace },
): Trace {
  const lag = random.getBetween(index, salt, 0, 9);
  const buildPastUse = (low: number, high: number) =>
    buildLastUse(startDay - random.getBetween(index, 60, low, high) - lag);
  switch (standing) {
    case 'inactive':
      return buildPastUse(95, 420);
    case 'fading':
      return buildPastUse(45, 85);
    case 'former':
      return buildPastUse(30, 500);
    default:
      return buildRhythm(random.getBetween(index, salt, ...pace), random.getBits(index, salt + 100) % 1000);
  }
}
