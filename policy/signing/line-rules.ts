// What main's own line says of moves: on which day it got each commit, how long stages lasted by its policy then, and which
// days did not count. Pure.
import { parseHolidays } from '../calendar/holidays.ts';
import { type DatedPause, listPauseSpans, listUncountedDates } from '../calendar/uncounted-days.ts';
import { readOrNull } from '../errors.ts';
import type { Day, DaySpan } from '../evidence.ts';
import { parsePolicy } from '../files/policy-file.ts';
import { getTenantPath, policyFolder, policyPath } from '../files/stack-files.ts';
import { selectStages } from '../populations/population-policy.ts';
import type { Policy } from '../schemas/policy.ts';
import { Tenant } from '../schemas/tenant.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { dateLine, type LineCommit } from './line-days.ts';
import { createTextReader, type FileVersion } from './main-line.ts';

export interface LineRules {
  today: Day;
  /** By place. */
  days: ReadonlyMap<number, Day>;
  /**
   * Of this population, as a signed file says it, by the policy that main had right before this place, or the first that it
   * ever had; null: it had none to read.
   */
  findStages(at: number, population: string | null): Policy['stages'] | null;
  /** Closed dates and pauses, by what main had right before this place: what it got later changes no move of before. */
  findUncounted(at: number): readonly DaySpan[];
  /** The place from which on the policy has had a ramp; Infinity: it has none. */
  findRampStart(): number;
}

export interface LineSource {
  commits: readonly LineCommit[];
  /** Versions of policy.yaml, the oldest first. */
  policies: readonly FileVersion[];
  /** Versions of the stack's tenant.yaml, the oldest first. */
  tenants: readonly FileVersion[];
  /** Versions of iCalendar files beside policy.yaml, the oldest first. */
  holidays: readonly FileVersion[];
}

/** What of main's line says by which rules it went; `*` as git reads it. */
export function listRulePaths(stack: string): string[] {
  return [policyPath, `${policyFolder}/*.ics`, getTenantPath(stack)];
}

/** The versions of these files, and all others. */
export function splitRuleVersions<V extends FileVersion>(
  stack: string,
  versions: readonly V[],
): { rules: Pick<LineSource, 'policies' | 'tenants' | 'holidays'>; files: V[] } {
  const tenantPath = getTenantPath(stack);
  const name = ({ path }: V) => {
    if (path === policyPath) return 'policies';
    if (path === tenantPath) return 'tenants';
    return path.endsWith('.ics') ? 'holidays' : 'files';
  };
  const { policies = [], tenants = [], holidays = [], files = [] } = Object.groupBy(versions, name);
  return { rules: { policies, tenants, holidays }, files };
}

/** `seen`: as for `dateLine`. */
export function buildLineRules(source: LineSource, today: Day, seen: Readonly<Record<string, Day>> = {}): LineRules {
  const { commits, policies } = source;
  const days = dateLine(commits, { today, seen });
  const read = createTextReader(readPolicy);
  return {
    today,
    days,
    findStages(at, population) {
      const before = policies.filter((version) => version.at < at).toReversed();
      for (const { text } of [...before, ...policies]) {
        const policy = text === null ? null : read(text);
        if (policy !== null) return selectStages(policy, population);
      }
      return null;
    },
    findUncounted: createUncountedFinder(source, { days, read }),
    findRampStart() {
      const known = policies.map(({ at, text }) => ({ at, policy: text === null ? null : read(text) }));
      const without = known.findLastIndex(({ policy }) => policy !== null && policy.ramp === undefined);
      return known.slice(without + 1).find(({ policy }) => policy !== null)?.at ?? Number.POSITIVE_INFINITY;
    },
  };
}

/** null: it is no policy, so that the one before it counts. */
function readPolicy(text: string): Policy | null {
  return readOrNull(() => parsePolicy(policyPath, text).value);
}

function createUncountedFinder(
  { policies, tenants, holidays }: LineSource,
  { days, read }: { days: ReadonlyMap<number, Day>; read: (text: string) => Policy | null },
): LineRules['findUncounted'] {
  const readTenant = createTextReader((text) => readOrNull(() => parseYaml(Tenant, 'tenant.yaml', text).value));
  const readHolidays = createTextReader((text) => readOrNull(() => parseHolidays('a version on main', text)));
  const date = <T extends DatedPause['value']>({ at, text }: FileVersion, readText: (text: string) => T | null) => {
    return { day: days.get(at) ?? '', value: text === null ? null : readText(text) };
  };
  const find = (at: number): readonly DaySpan[] => {
    const isBefore = (version: FileVersion) => version.at < at;
    const dated = policies.filter(isBefore).map((version) => date(version, read));
    const policy = dated.findLast(({ value }) => value !== null)?.value ?? null;
    const path = `${policyFolder}/${policy?.calendar?.closed.holidays}`;
    const closed = holidays.findLast((version) => isBefore(version) && version.path === path)?.text ?? null;
    return [
      ...listPauseSpans(dated),
      ...listPauseSpans(tenants.filter(isBefore).map((version) => date(version, readTenant))),
      ...(policy === null ? [] : listUncountedDates(policy, closed === null ? [] : (readHolidays(closed) ?? []))),
    ];
  };
  // Between two changes of these files the days are the same.
  const changes = [...policies, ...tenants, ...holidays].map(({ at }) => at);
  const known = new Map<number, readonly DaySpan[]>();
  return (at) => {
    const before = changes.filter((change) => change < at).length;
    const spans = known.get(before) ?? find(at);
    known.set(before, spans);
    return spans;
  };
}
