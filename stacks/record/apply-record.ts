// The apply's record for the auditor (who, what, when, by which request) and the list for Active Directory's admins.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StackRunOptions } from '../engine/engine-plan.ts';
import { renderOnPremisesCsv } from '../on-premises/orders-csv.ts';
import type { StackOutcome } from '../run-stack.ts';
import { identifyRun } from './apply-log.ts';
import { type Changes, renderChangesComment } from './changes-comment.ts';

/**
 * Before an apply: if it ends early, an earlier run's files must not pass for its record, and an order to Active Directory
 * that was carried out must not be read a second time. apply.jsonl stays: it may be all that a killed run has left.
 */
export async function clearRecord(folder: string): Promise<void> {
  for (const name of ['apply.json', 'apply.md', 'on-premises.csv']) await rm(join(folder, name), { force: true });
}

/** Writes apply.json, apply.md and, if Active Directory must act, on-premises.csv to the folder. Returns their paths. */
export async function writeRecord(
  folder: string,
  { files, today, env, main }: StackRunOptions,
  { outcome, changes }: { outcome: StackOutcome; changes: Changes },
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const accounts = outcome.accounts.map(({ inputs, change, report }) => ({
    account: inputs.account,
    stage: inputs.stage,
    evidence: inputs.evidence,
    from: change.from,
    to: change.to,
    ...report,
  }));
  const record = {
    formatVersion: 1,
    stack: files.stack,
    appliedOn: today,
    // By this machine's clock, as in apply.jsonl, with the same name of the run.
    ...{ at: new Date().toISOString(), run: identifyRun(env), commit: main.applied },
    ...(changes.stopped === null ? {} : { stopped: changes.stopped }),
    adopted: outcome.adopted,
    withoutSignIns: outcome.withoutSignIns,
    limited: outcome.limited,
    stop: outcome.stop,
    notes: outcome.notes,
    accounts,
    refusedFiles: outcome.refusedFiles.map(({ path, file, problems, isReplaced }) => ({
      ...{ path, account: file.account.id, stage: file.stage, isReplaced },
      refused: problems.map(({ code, message }) => ({ code, because: message })),
    })),
    mails: outcome.mails,
    unsent: outcome.unsent,
    quarantine: outcome.quarantine,
  };
  const texts: Record<string, string> = {
    'apply.json': `${JSON.stringify(record, null, 2)}\n`,
    'apply.md': renderChangesComment(changes),
    ...buildOnPremisesList(outcome),
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  return Object.keys(texts).map((name) => join(folder, name));
}

function buildOnPremisesList({ onPremises }: StackOutcome): Record<string, string> {
  return onPremises.length > 0 ? { 'on-premises.csv': renderOnPremisesCsv(onPremises) } : {};
}
