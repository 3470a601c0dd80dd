// What applies did to one account, by their records on this machine: out/<stack>/, and each run's below out/<stack>/runs/.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getOutFolder } from '../../audit/out-folder.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import { stepWords } from '../../policy/words/apply-words.ts';
import { formatList } from '../../policy/words/labels.ts';
import { type LogLine, readApplyLogOf } from '../../stacks/record/apply-log.ts';
import { listEntries } from '../list-entries.ts';

export interface RecordedStep {
  /** ISO 8601; of a step without an answer, when it was asked for. */
  at: string;
  what: string;
  /** `unknown`: no answer came, such as in a run that was killed. */
  outcome: 'done' | 'failed' | 'unknown';
  /** Microsoft's; null: there was no answer. Of a request in a $batch, the batch's. */
  requestId: string | null;
  /** Its place in that batch. */
  item: string | null;
  /** Why it failed. */
  because: string | null;
  run: string;
  commit: string | null;
}

/** What the last apply on this machine left open of the account. */
interface LastApply {
  appliedOn: string;
  /** Refusals, waits and failures, as sentences. */
  open: readonly string[];
}

export interface AccountRecord {
  /** The earliest first. */
  steps: readonly RecordedStep[];
  /** null: there is none, or it has nothing of the account. */
  lastApply: LastApply | null;
  /** Whether this machine has the record of any run. */
  isHere: boolean;
}

export async function readAccountRecord(repo: string, stack: string, id: IdKey): Promise<AccountRecord> {
  const folder = getOutFolder(repo, stack);
  const runs = (await listEntries(join(folder, 'runs'))).sort().map((run) => join(folder, 'runs', run));
  const logs = await Promise.all([folder, ...runs].map((each) => readApplyLogOf(each)));
  const steps = new Map(logs.flatMap((lines) => listSteps(lines, id)).map((step) => [JSON.stringify(step), step]));
  return {
    steps: [...steps.values()].sort((a, b) => a.at.localeCompare(b.at)),
    lastApply: await readLastApply(join(folder, 'apply.json'), id),
    isHere: logs.some((lines) => lines.length > 0),
  };
}

/** Each request once: with its answer, or as one that got none. */
function listSteps(lines: readonly LogLine[], id: IdKey): RecordedStep[] {
  const steps: RecordedStep[] = [];
  const open = new Map<string, RecordedStep>();
  for (const line of lines) {
    if (!('step' in line) || line.account === null || foldId(line.account.id) !== id || line.step === 'mail-sent')
      continue;
    const { step, receipt, because = null, run, commit, group, removed = [], given = [] } = line;
    const details = [
      ...(group === undefined ? [] : [group]),
      ...removed.map((sku) => `−${sku}`),
      ...given.map((sku) => `+${sku}`),
    ];
    const what = [stepWords[step].done, ...(details.length === 0 ? [] : [`(${formatList(details)})`])].join(' ');
    const key = `${run} ${step} ${group ?? ''}`;
    const place = { requestId: receipt?.requestId ?? null, item: receipt?.batch?.item ?? null };
    const recorded = { at: receipt?.at ?? line.at, what, ...place, because, run, commit };
    if (line.what === 'asked') open.set(key, { ...recorded, outcome: 'unknown' });
    else {
      open.delete(key);
      steps.push({ ...recorded, outcome: line.what });
    }
  }
  return [...steps, ...open.values()];
}

/** As record/apply-record.ts writes it. */
interface ApplyDocument {
  appliedOn: string;
  accounts: readonly {
    account: { id: string };
    refused: readonly { because: string }[];
    waits: readonly { because: string }[];
    failure: { message: string } | null;
  }[];
  refusedFiles?: readonly { account: string; refused: readonly { because: string }[] }[];
}

async function readLastApply(path: string, id: IdKey): Promise<LastApply | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  const document = parseDocument(text);
  if (document === null) return null;
  const { appliedOn, accounts, refusedFiles = [] } = document;
  const own = accounts.filter(({ account }) => foldId(account.id) === id);
  const files = refusedFiles.filter(({ account }) => foldId(account) === id);
  const open = [
    ...[...own, ...files].flatMap(({ refused }) => refused.map(({ because }) => `refused: ${because}`)),
    ...own.flatMap(({ waits }) => waits.map(({ because }) => `waits: ${because}`)),
    ...own.flatMap(({ failure }) => (failure === null ? [] : [`failed: ${failure.message}`])),
  ];
  return own.length + files.length === 0 ? null : { appliedOn, open };
}

/** null: it was cut off. */
function parseDocument(text: string): ApplyDocument | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
