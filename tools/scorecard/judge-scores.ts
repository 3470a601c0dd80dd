// What OpenSSF Scorecard may say of this repository: for each check that sees a folder alone, the least score. Pure.
import { DormantError } from '../../policy/errors.ts';

/**
 * Scores are whole numbers from 0 to 10, rounded down. Eleven of the checks of Scorecard 5.5.0 know a folder (`checker.FileBased`
 * in https://github.com/ossf/scorecard/tree/v5.5.0/checks). Four of these are left out:
 * - Fuzzing and Vulnerabilities, because they ask the network: OSS-Fuzz's list of projects (`clients/ossfuzz/client.go`) and OSV's
 *   database (`clients/osv.go`).
 * - SAST, because it looks for products that it knows by name, such as CodeQL, and none of them runs here (`checks/raw/sast.go`).
 * - Packaging, because it looks for words such as `npm publish` in a workflow, and here a script has them.
 */
export const floors: Readonly<Record<string, number>> = {
  'Binary-Artifacts': 10,
  'Dangerous-Workflow': 10,
  'Dependency-Update-Tool': 10,
  License: 9, // in a folder it goes by the file's name, and does not read which licence that is
  'Pinned-Dependencies': 10,
  'Security-Policy': 10,
  // A job's own rights cost nothing below a workflow without any; tools/workflows.test.ts lists those.
  'Token-Permissions': 10,
};

interface CheckScore {
  name: string;
  /** From 0 to 10, or -1: Scorecard could not tell. */
  score: number;
  reason: string;
  /** Lines that begin with `Info: `, `Warn: ` or `Debug: `; null where there are none. */
  details: string[] | null;
}

/** Takes what `--format=json` printed; throws where it is anything else. */
export function parseScores(output: string): CheckScore[] {
  try {
    const { checks } = JSON.parse(output);
    if (Array.isArray(checks)) return checks;
  } catch {
    // Scorecard prints nothing, and does not fail, where it cannot read the folder (`rootCmd` in cmd/root.go).
  }
  throw new DormantError('scorecard', 'Scorecard has printed no scores.', {
    remedy: 'Read what it says above, and run the check again.',
  });
}

/** Returns what is below its floor or has no score, each with Scorecard's warnings; empty: all is well. */
export function judgeScores(scores: readonly CheckScore[]): string[] {
  return Object.entries(floors).flatMap(([name, floor]) => {
    const found = scores.find((each) => each.name === name);
    if (found === undefined) return [`${name}: no score.`];
    if (found.score >= floor) return [];
    const warnings = new Set(found.details?.filter((line) => line.startsWith('Warn: ')));
    return [
      `${name}: ${found.score} of at least ${floor}, ${found.reason}`,
      ...[...warnings].map((line) => `  ${line}`),
    ];
  });
}
