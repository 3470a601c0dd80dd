// Makes the names in the usage reports readable while the reports are read, and puts the setting back whatever happens.
import { RequestFailed } from '../../graph/request-failed.ts';
import { sleep } from '../../graph/sleep.ts';
import { DormantError } from '../../policy/errors.ts';
import type { OnProgress } from '../sources/progress.ts';
import type { AuditReader } from '../sources/reader.ts';
import { readConcealedNames } from '../sources/report-settings.ts';
import { eraseJournal, type JournalPlace, readJournal, writeJournal } from './concealment-journal.ts';

/** How long to wait until a changed setting shows in the reports. */
export interface ReportWait {
  everyMs: number;
  atMostMs: number;
}

/**
 * Microsoft speaks of "a few minutes". In 10 minutes it allows an app 14 downloads of one report, and all apps of a tenant
 * 40: reading three reports once a minute leaves room for retries.
 */
export const defaultReportWait: ReportWait = { everyMs: 60_000, atMostMs: 20 * 60_000 };

/** What became of a setting that an earlier run left behind. */
type ConcealmentOutcome = 'nothing-left' | 'put-back';

/** The one thing that an audit may write to a tenant: the command hands it in. */
export interface ReportSettingWriter {
  /** Goes on even while the run is being interrupted. */
  setConcealedNames(displayConcealedNames: boolean): Promise<void>;
}

export interface ConcealmentOptions {
  reader: AuditReader;
  reportSetting: ReportSettingWriter;
  place: JournalPlace;
  wait: ReportWait;
  onProgress: OnProgress;
  /**
   * Conceal names afterwards even if they were readable before, as an audit leaves them that died with its machine and so with
   * its journal: unless tenant.yaml says `reportNames: shown`.
   */
  concealsAlways: boolean;
}

/**
 * Runs `read` with readable names. If they are to be concealed, writes a journal, turns the setting off, repeats `read`
 * until the reports follow, and puts the setting back: on success, on an error and on an interruption.
 */
export async function readWithReadableNames<T>(concealment: ConcealmentOptions, read: () => Promise<T>): Promise<T> {
  const { reader, reportSetting, place, concealsAlways } = concealment;
  await putBackLeftoverSetting(reportSetting, place);
  const concealed = await readConcealedNames(reader);
  if (concealed === null) return await read();
  // A person may have turned it off just now, so the reports may lag behind.
  if (!concealed && !concealsAlways) return await retryUntilReadable(concealment, read);
  await writeJournal(place, { displayConcealedNames: true });
  const makeReadable = () => turnOff(reportSetting, place);
  if (concealed) await makeReadable();
  try {
    return await retryUntilReadable(concealment, read, concealed ? null : makeReadable);
  } finally {
    await putBackSetting(reportSetting, place, true);
  }
}

/** A refusal has changed nothing; after any other failure the state is unknown, so the setting is put back. */
async function turnOff(reportSetting: ReportSettingWriter, place: JournalPlace): Promise<void> {
  try {
    await reportSetting.setConcealedNames(false);
  } catch (error) {
    const isRefused = error instanceof RequestFailed && error.status !== null && error.status < 500;
    if (isRefused) await eraseJournal(place);
    else await putBackSetting(reportSetting, place, true);
    throw error;
  }
}

/** For `dormant conceal`: puts back what a killed run left, and conceals names that are to be always concealed. */
export async function concealNames({
  reader,
  reportSetting,
  place,
  concealsAlways,
}: Pick<ConcealmentOptions, 'reader' | 'reportSetting' | 'place' | 'concealsAlways'>): Promise<ConcealmentOutcome> {
  const outcome = await putBackLeftoverSetting(reportSetting, place);
  if (outcome === 'put-back' || !concealsAlways || (await readConcealedNames(reader)) !== false) return outcome;
  await putBackSetting(reportSetting, place, true);
  return 'put-back';
}

/** Acts on the journal of a run that was killed; for the start of each audit. */
async function putBackLeftoverSetting(
  reportSetting: ReportSettingWriter,
  place: JournalPlace,
): Promise<ConcealmentOutcome> {
  const journal = await readJournal(place);
  if (journal === null) return 'nothing-left';
  await putBackSetting(reportSetting, place, journal.displayConcealedNames);
  return 'put-back';
}

/** The journal is erased only once the setting is back, so that after a failure the next run tries again. */
async function putBackSetting(reportSetting: ReportSettingWriter, place: JournalPlace, value: boolean): Promise<void> {
  try {
    await reportSetting.setConcealedNames(value);
  } catch (cause) {
    throw new DormantError('not-concealed-again', 'The names in the usage reports are still readable.', {
      where: place.path,
      remedy: `Run \`${place.putBackBy}\`.`,
      cause,
    });
  }
  await eraseJournal(place);
}

/**
 * `makeReadable`: turns the setting off where it was read as off and the reports conceal names nevertheless, because that read
 * was behind what the last audit, or this one for a killed one, has put back.
 */
async function retryUntilReadable<T>(
  { reader, wait, onProgress }: ConcealmentOptions,
  read: () => Promise<T>,
  makeReadable: (() => Promise<void>) | null = null,
): Promise<T> {
  const started = Date.now();
  const total = Math.round(wait.atMostMs / 1000);
  const tellWaited = (done: number) => onProgress({ source: 'seconds waited for readable names', done, total });
  for (let isRepeated = false; ; isRepeated = true) {
    try {
      const found = await read();
      if (isRepeated) tellWaited(total);
      return found;
    } catch (error) {
      const waited = Date.now() - started;
      if (!isConcealedNamesError(error) || waited + wait.everyMs > wait.atMostMs) throw error;
      if (!isRepeated) await makeReadable?.();
      tellWaited(Math.round(waited / 1000));
      await sleep(wait.everyMs, reader.signal);
    }
  }
}

function isConcealedNamesError(error: unknown): boolean {
  return error instanceof DormantError && error.code === 'concealed-names';
}
