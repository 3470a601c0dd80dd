// Which day it is: a command asks once, and hands the day to all that it starts. In UTC, as Microsoft's reports count days.
// Only the embedded tenant has a clock that can be moved.
import { toInstant } from '../policy/calendar/local-time.ts';
import { DormantError } from '../policy/errors.ts';
import { type Day, toUtcDay } from '../policy/evidence.ts';
import { type Cloud, isEmulated, type Tenant } from '../policy/schemas/tenant.ts';

/** `option` is the value of --today; refused (exit code 2) for a real tenant and if it is not YYYY-MM-DD. */
export async function resolveToday(cloud: Cloud, option: string | undefined): Promise<Day> {
  if (!isEmulated(cloud)) {
    if (option === undefined) return readToday();
    throw new DormantError('today', '--today moves the clock of the embedded tenant only.', {
      exitCode: 2,
      remedy: 'Leave --today out.',
    });
  }
  if (option === undefined) return fetchEmulatorToday();
  if (/^\d{4}-\d{2}-\d{2}$/.test(option) && !Number.isNaN(Date.parse(option))) return option;
  throw new DormantError('today', `--today: found "${option}", allowed: a day as YYYY-MM-DD.`, {
    exitCode: 2,
  });
}

/**
 * The same, with the instant (ISO 8601) that it is by the embedded tenant's clock, for the hours of a calendar: of a day without
 * an hour there is none, as for a real tenant, where it is now.
 */
export async function resolveMoment(
  { cloud, timeZone }: Pick<Tenant, 'cloud' | 'timeZone'>,
  option: string | undefined,
): Promise<{ today: Day; startsAt?: string }> {
  if (!isEmulated(cloud)) return { today: await resolveToday(cloud, option) };
  if (option === undefined) return fetchEmulatorMoment();
  const [, day = option, hours, minutes] = /^(.*)T([01]\d|2[0-3]):([0-5]\d)$/.exec(option) ?? [];
  const today = await resolveToday(cloud, day);
  if (hours === undefined) return { today };
  return {
    today,
    startsAt: toInstant({ day: today, minutes: Number(hours) * 60 + Number(minutes) }, timeZone).toISOString(),
  };
}

/** Of a real tenant. */
export function readToday(): Day {
  return toUtcDay(new Date());
}

async function fetchEmulatorToday(): Promise<Day> {
  return (await fetchEmulatorMoment()).today;
}

async function fetchEmulatorMoment(): Promise<{ today: Day; startsAt: string }> {
  const url = process.env.DORMANT_EMULATOR_URL;
  const answer = url ? await fetch(new URL('/_emulator/clock', url)).catch(() => null) : null;
  const clock: unknown = answer?.ok ? await answer.json() : null;
  if (typeof clock === 'object' && clock !== null && 'today' in clock && 'now' in clock)
    return { today: String(clock.today), startsAt: String(clock.now) };
  throw new DormantError('no-emulator', 'The embedded tenant does not answer.', {
    where: url ?? 'DORMANT_EMULATOR_URL is not set',
    remedy: 'Run `dormant emulator` in another terminal and set what it prints.',
  });
}
