// The population of a generated index, in the proportions of a company that never cleaned up: most people work, a few per
// cent are inactive, the rest are guests, mailboxes and service accounts.
import { getOrgPosition } from './organization-chart.ts';
import type { World } from './world.ts';

export type Population = 'employee' | 'guest' | 'sharedMailbox' | 'room' | 'equipment' | 'serviceAccount';
export type Standing = 'active' | 'inactive' | 'fading' | 'neverSignedIn' | 'brandNew' | 'former';

const populations: readonly (readonly [number, Population])[] = [
  [0.045, 'guest'],
  [0.06, 'sharedMailbox'],
  [0.068, 'room'],
  [0.07, 'equipment'],
  [0.076, 'serviceAccount'],
];

const standings: readonly (readonly [number, Standing])[] = [
  [0.055, 'inactive'],
  [0.075, 'fading'],
  [0.079, 'neverSignedIn'],
  [0.089, 'brandNew'],
  [0.1, 'former'],
];

/** The population of an index; heads of teams are always employees. */
export function pickPopulation(world: World, index: number): Population {
  if (getOrgPosition(world, index).rank === 0) return 'employee';
  return pickByShare(populations, world.random.getUnit(index, 1)) ?? 'employee';
}

/** The activity of an employee or guest: `fading` people will be inactive within weeks, `former` ones are disabled. */
export function pickStanding(world: World, index: number): Standing {
  if (getOrgPosition(world, index).rank === 0) return 'active';
  const population = pickPopulation(world, index);
  if (population === 'guest') return world.random.getUnit(index, 2) < 0.4 ? 'inactive' : 'active';
  if (population !== 'employee') return 'active';
  return pickByShare(standings, world.random.getUnit(index, 2)) ?? 'active';
}

function pickByShare<T>(table: readonly (readonly [number, T])[], unit: number): T | undefined {
  for (const [below, value] of table) if (unit < below) return value;
  return undefined;
}
