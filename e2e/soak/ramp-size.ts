// How large a wave may be at most, from main's history alone: simpler than the product counts, and never less.
import { type Company, stack } from '../../demo/company.ts';
import { addDays } from '../../policy/evidence.ts';
import type { TeamRules } from './team-rules.ts';

interface Wave {
  day: string;
  paths: Set<string>;
  /** Days on which one of them went back. */
  backOn: string[];
}

/** Closed days, on which the product waits longer for a wave to be a good one, are left out. */
export async function findLargestWave(
  company: Company,
  { start, growth, quietDays, since }: NonNullable<TeamRules['ramp']>,
): Promise<number> {
  const today = company.today();
  let size = start;
  for (const { day, backOn } of await readWaves(company, since)) {
    const until = addDays(day, quietDays);
    if (backOn.some((back) => back <= until)) size = Math.max(start, size / growth);
    else if (until <= today) size *= growth;
  }
  return Math.floor(size);
}

/** A merge that brings somebody to `disable` or `delicense`, with all others of its day. */
async function readWaves({ git }: Company, since: string): Promise<Wave[]> {
  const options = ['--first-parent', '--reverse', '-m', '-p', '-U0', '--no-renames', '--format=commit %cs'];
  const log = await git('log', ...options, `${since}..main`, '--', `stacks/${stack}/accounts`);
  const waves = new Map<string, Wave>();
  let [day, path, before] = ['', '', ''];
  for (const line of log.split('\n')) {
    const [, committed] = /^commit (\S+)$/.exec(line) ?? [];
    const [, changed] = /^diff --git a\/(\S+) /.exec(line) ?? [];
    const [, sign, stage = ''] = /^([+-])stage: "?(\w+)/.exec(line) ?? [];
    if (committed !== undefined) day = committed;
    if (changed !== undefined) [path, before] = [changed, ''];
    if (sign === '-') before = stage;
    if (sign !== '+' || stage === before) continue;
    const isForward = stage === 'delicense' || (stage === 'disable' && before !== 'delicense');
    if (isForward) {
      const wave = waves.get(day) ?? { day, paths: new Set(), backOn: [] };
      waves.set(day, wave);
      wave.paths.add(path);
    } else for (const wave of waves.values()) if (wave.paths.has(path)) wave.backOn.push(day);
  }
  return [...waves.values()];
}
