// What the audit wrote stays as it is: a reviewer decides about the stage, not about the evidence. Pure.
import type { Problem } from '../errors.ts';
import { isTakingStage } from '../files/stage.ts';
import { foldId, type IdKey, isSameId } from '../identifiers.ts';
import { isKnownFilesRemoval } from '../plan/known-files.ts';
import type { AccountFile } from '../schemas/account.ts';
import { buildProblem, type CheckInput } from './input.ts';
import { isMailboxRescue } from './mailbox-rescue.ts';
import { isRenewal } from './renewal.ts';

/**
 * `restore` and `account.id` never change. Once something was taken, the audit's findings change only with the stage, but
 * for two cases: evidence too old for what is left to do is renewed, and with it goes what stayed for a OneDrive whose
 * content is known by now; and a mailbox is rescued by a licence. No evidence is from the future.
 */
export function checkRecord(input: CheckInput): Problem[] {
  const { base, head, today } = input;
  return head.flatMap((parsed) => {
    const { value } = parsed;
    const before = base.get(parsed.path)?.file;
    const edited = before ? listEditedFields(before, value, input) : [];
    const problems = edited.map(([field, message]) => buildProblem(parsed, field.split('.'), 'record-edited', message));
    if (value.evidence.auditedOn > today) {
      const message = `evidence.auditedOn: found ${value.evidence.auditedOn}, which is after today, ${today}`;
      problems.push(buildProblem(parsed, ['evidence', 'auditedOn'], 'record-edited', message));
    }
    return problems;
  });
}

/** One account, one file: two files of one account would fight over it. */
export function checkDuplicateAccounts({ head }: CheckInput): Problem[] {
  const seen = new Map<IdKey, string>();
  return head.flatMap((parsed) => {
    const id = foldId(parsed.value.account.id);
    const other = seen.get(id);
    seen.set(id, other ?? parsed.path);
    if (other === undefined) return [];
    return [buildProblem(parsed, ['account', 'id'], 'duplicate-account', `account.id: ${id} is also in ${other}`)];
  });
}

function listEditedFields(before: AccountFile, after: AccountFile, input: CheckInput): [string, string][] {
  const edited: [string, string][] = [];
  if (!isSameId(before.account.id, after.account.id)) {
    edited.push([
      'account.id',
      `account.id: found ${after.account.id}, allowed: ${before.account.id}, as on the base branch`,
    ]);
  }
  if (isDifferent(before.restore, after.restore)) {
    edited.push(['restore', 'restore: is written once and never edited; put it back as it is on the base branch']);
  }
  // Otherwise the audit's own proposal may have renewed both before a reviewer set the stage back.
  if (before.stage === after.stage && isTakingStage(after.stage)) {
    const renewalFields = ['evidence', 'oneDrive', 'dynamicGroups'] as const;
    const rescueFields = ['savings', 'mailbox'] as const;
    const isNew = isRenewal(before, after, input);
    const mayDiffer = isMailboxRescue(before, after, input.today) || (isNew && isKnownFilesRemoval(before, after));
    const fields = [...(isNew ? [] : renewalFields), ...(mayDiffer ? [] : rescueFields)];
    for (const field of fields) {
      if (isDifferent(before[field], after[field])) {
        edited.push([
          field,
          `${field}: only the audit writes it, together with a new stage or when it has become too old; put it back as it is on the base branch`,
        ]);
      }
    }
  }
  return edited;
}

function isDifferent(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}
