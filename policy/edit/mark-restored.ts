// Sets an account file to the stage that gives back what was taken: an edit that keeps what people wrote. Pure.
import { DormantError } from '../errors.ts';
import { editAccountFile, parseAccountFile } from '../files/account-file.ts';
import { buildDesiredState } from '../files/stage.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { ParsedYaml } from '../yaml/parse-yaml.ts';

/** The file's new text. Throws `nothing-to-restore` (exit code 2) for an account that has lost nothing. */
export function markRestored(
  { path, text, value }: Pick<ParsedYaml<AccountFile>, 'path' | 'text' | 'value'>,
  reason: string,
): string {
  const because = refusals[value.stage];
  if (because !== null) {
    throw new DormantError('nothing-to-restore', `${value.account.userPrincipalName} ${because[0]}`, {
      exitCode: 2,
      where: path,
      remedy: because[1],
    });
  }
  const { restore, savings } = value;
  const edited = editAccountFile(
    { path, text },
    { ...value, stage: 'restore', reason, desired: buildDesiredState('restore', restore, savings) },
  );
  parseAccountFile(path, edited);
  return edited;
}

const keepIt = 'Set `stage: keep` with a reason instead, or exempt it.';

/** null: the check of a pull request lets this stage be left for restore. */
const refusals: Record<Stage, readonly [string, string] | null> = {
  notify: ['is at stage notify: nothing has been taken yet.', keepIt],
  review: ['is at stage review: nothing has been taken yet.', keepIt],
  disable: null,
  delicense: null,
  keep: null,
  restore: ['is at stage restore already.', 'Merge it, and the apply gives back what was taken.'],
};
