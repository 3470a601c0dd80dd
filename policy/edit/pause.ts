// Puts a pause into tenant.yaml or policy.yaml, changes it or takes it out; every other line stays as people wrote it. Pure.
import { DormantError } from '../errors.ts';
import { addDays, type Day } from '../evidence.ts';
import { policyPath } from '../files/stack-files.ts';
import { Pause } from '../schemas/pause.ts';
import { Policy } from '../schemas/policy.ts';
import { Tenant } from '../schemas/tenant.ts';
import { listSchemaFaults } from '../schemas/validate.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { findBlock, findTopPair, replaceBlock } from '../yaml/replace-block.ts';

/** Whoever wants to stop for longer takes the stack out, or asks again. */
const longestDays = 365;

/** Throws `pause` (exit code 2) with all that is wrong. */
export function requireValidPause(pause: Pause, today: Day): void {
  const faults = listSchemaFaults(Pause, pause).map(({ keys, message }) => `${keys.join('.')}: ${message}`);
  const last = addDays(today, longestDays);
  if (faults.length === 0 && (pause.until < today || pause.until > last))
    faults.push(`until: found ${pause.until}, allowed: ${today} to ${last}`);
  if (faults.length === 0 && pause.reason.trim().length < 3)
    faults.push('reason: found blanks, allowed: at least 3 characters');
  if (faults.length === 0) return;
  throw new DormantError('pause', `The pause is not valid: ${faults.join('; ')}.`, {
    exitCode: 2,
    remedy: 'Give --until as YYYY-MM-DD and a --reason that people understand in a report.',
  });
}

/** `pause` null: it ends. The file's new text; the same where it says so already. Throws `InvalidInput`. */
export function setPause({ path, text }: { path: string; text: string }, pause: Pause | null): string {
  const { document, value } = path === policyPath ? parseYaml(Policy, path, text) : parseYaml(Tenant, path, text);
  const { paused } = value;
  if (pause === null ? paused === undefined : paused?.until === pause.until && paused.reason === pause.reason)
    return text;
  const before = findBlock(document, 'paused');
  if (pause === null) return replaceBlock(text, before, null);
  if (paused === undefined) document.set('paused', document.createNode({ until: pause.until, reason: pause.reason }));
  else for (const field of ['until', 'reason'] as const) document.setIn(['paused', field], pause[field]);
  return replaceBlock(text, before, findTopPair(document, 'paused') ?? null);
}
