// Releases the files of a OneDrive, with reason, author and day beside it: an edit that keeps what people wrote. Pure.
import { DormantError } from '../errors.ts';
import type { Day } from '../evidence.ts';
import { editAccountFile, parseAccountFile } from '../files/account-file.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { ParsedYaml } from '../yaml/parse-yaml.ts';
import { addRelease } from './find-releases.ts';

export interface ReleaseDecision {
  reason: string;
  by: string;
  on: Day;
}

/** The file's new text. Throws `release-reason` (exit code 2) for a reason or name that is too short or too long. */
export function markReleased({ path, text, value }: ParsedYaml<AccountFile>, decision: ReleaseDecision): string {
  const says = formatNote(decision);
  const edited = editAccountFile({ path, text }, addRelease(value), {
    beside: ['desired', 'oneDrive'],
    says,
  });
  parseAccountFile(path, edited);
  return edited;
}

/** Always on one line: a second one would be read as YAML. */
function formatNote({ reason, by, on }: ReleaseDecision): string {
  const [why, who] = [reason, by].map((text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim());
  requireNoteText('reason', why ?? '');
  requireNoteText('by', who ?? '');
  return `${why} (${who}, ${on})`;
}

function requireNoteText(option: 'reason' | 'by', text: string): void {
  const least = option === 'reason' ? 3 : 2;
  if (text.length >= least && text.length <= 500) return;
  const allowed = `${least} to 500 characters`;
  throw new DormantError('release-reason', `--${option}: found "${text.slice(0, 40)}", allowed: ${allowed}.`, {
    exitCode: 2,
    remedy: 'Say who decided and why: the files cannot be brought back, and people may ask for them later.',
  });
}
