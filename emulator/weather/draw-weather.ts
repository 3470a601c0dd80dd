// The switches that a seed of the weather draws: every delay that the documents speak of, and more than one replica.
import { DEFAULT_SWITCHES, type Switches } from '../options.ts';
import { createSeededRandom } from '../tenant/seeded-random.ts';

/**
 * Seconds, from and to, while time passes as fast as Microsoft's; `quotaSpeed` divides them. Those of licences are documented
 * ("Assign licenses to users": 2 to 5 minutes), as are the minutes of concealment and the background of group licences; for
 * the others no document gives a number.
 */
const DELAYS = {
  directoryDelaySeconds: [5, 60],
  policyDelaySeconds: [5, 60],
  settingDelaySeconds: [0, 60],
  licenseDelaySeconds: [120, 300],
  conversionDelaySeconds: [10, 90],
  concealmentDelaySeconds: [60, 300],
  groupLicenseSeconds: [60, 300],
  hiddenAfterLicenseSeconds: [0, 60],
} as const satisfies Partial<Record<keyof Switches, readonly [number, number]>>;

/** Switches as they are given, over the weather that they ask for. */
export function expandWeather(given: Partial<Switches>, quotaSpeed: number): Partial<Switches> {
  if (given.weather === undefined) return given;
  return { ...drawWeather(given.weather, given.quotaSpeed ?? quotaSpeed), ...given };
}

/** Null ends it. */
function drawWeather(seed: Switches['weather'], quotaSpeed: number): Partial<Switches> {
  const names = Object.keys(DELAYS).filter(isDelay);
  if (seed === null) {
    const before = names.map((name) => [name, DEFAULT_SWITCHES[name]] as const);
    return { weather: null, replicas: 1, mailboxConcurrency: 'per-mailbox', ...Object.fromEntries(before) };
  }
  const random = createSeededRandom(`weather ${seed}`);
  const drawn = names.map((name, at) => {
    const [from, to] = DELAYS[name];
    return [name, random.getBetween(at, 1, from * 1000, to * 1000) / 1000 / quotaSpeed] as const;
  });
  return {
    weather: seed,
    replicas: random.getBetween(0, 2, 2, 4),
    mailboxConcurrency: random.getUnit(0, 3) < 0.5 ? 'per-app' : 'per-mailbox',
    signInListings: random.getUnit(0, 4) < 0.5 ? 'by-family' : 'by-minute',
    ...Object.fromEntries(drawn),
  };
}

function isDelay(name: string): name is keyof typeof DELAYS {
  return name in DELAYS;
}
