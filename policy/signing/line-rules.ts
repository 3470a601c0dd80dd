// What main's own line says of moves: on which day it got each commit, and how long stages lasted by its policy then. Pure.
import { readOrNull } from '../errors.ts';
import type { Day } from '../evidence.ts';
import { policyPath } from '../files/stack-files.ts';
import { Policy } from '../schemas/policy.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { dateLine, type LineCommit } from './line-days.ts';
import { createTextReader, type FileVersion } from './main-line.ts';

export interface LineRules {
  today: Day;
  /** By place. */
  days: ReadonlyMap<number, Day>;
  /** By the policy that main had right before this place, or the first that it ever had; null: it had none to read. */
  findStages(at: number): Policy['stages'] | null;
}

export interface LineSource {
  commits: readonly LineCommit[];
  /** Versions of policy.yaml, the oldest first. */
  policies: readonly FileVersion[];
}

/** `seen`: as for `dateLine`. */
export function buildLineRules(
  { commits, policies }: LineSource,
  today: Day,
  seen: Readonly<Record<string, Day>> = {},
): LineRules {
  const read = createTextReader(readStages);
  return {
    today,
    days: dateLine(commits, { today, seen }),
    findStages(at) {
      const before = policies.filter((version) => version.at < at).toReversed();
      for (const { text } of [...before, ...policies]) {
        const stages = text === null ? null : read(text);
        if (stages !== null) return stages;
      }
      return null;
    },
  };
}

/** null: it is no policy, so that the one before it counts. */
function readStages(text: string): Policy['stages'] | null {
  return readOrNull(() => parseYaml(Policy, policyPath, text).value.stages);
}
