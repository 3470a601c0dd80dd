// Removes expired entries from exemptions.yaml, and leaves every other line as people wrote it. Pure.
import { removeExemptions } from '../files/remove-exemptions.ts';
import { isInForce } from '../judge/exemption.ts';
import { type Exemption, Exemptions } from '../schemas/exemptions.ts';
import { type ParsedYaml, parseYaml } from '../yaml/parse-yaml.ts';
import type { PlanInput } from './input.ts';
import { parseReviewerExemptions } from './reviewer-edits.ts';

interface ExpiredExemptions {
  expired: Exemption[];
  /** exemptions.yaml without them, as path and text; empty when nothing has expired. */
  files: [string, string][];
}

type Input = Pick<PlanInput, 'exemptionsFile' | 'proposed' | 'rules' | 'run'>;

/** Starts from a person's version on the proposal's branch. Entries of another stack are left to its audit. */
export function removeExpiredExemptions(input: Input): ExpiredExemptions {
  const none: ExpiredExemptions = { expired: [], files: [] };
  const file = parseFile(input);
  if (file === null) return none;
  const isExpired = (entry: Exemption) =>
    !isInForce(entry, input.run.auditedOn) && (entry.stack === undefined || entry.stack === input.rules.stack);
  const expired = file.value.exemptions.filter(isExpired);
  return expired.length === 0 ? none : { expired, files: [[file.path, removeExemptions(file, isExpired)]] };
}

/** null: there is none, or a person has not finished writing it. */
function parseFile({ exemptionsFile, proposed }: Input): ParsedYaml<Exemptions> | null {
  if (exemptionsFile === null) return null;
  const { path, text } = exemptionsFile;
  const [theirs] = parseReviewerExemptions(proposed);
  return theirs === undefined ? parseYaml(Exemptions, path, text) : theirs;
}
