// Which mails were sent, on disk: a run that is killed before the engine has recorded it leaves a trace here.
import type { IdKey } from '../../policy/identifiers.ts';
import { appendSyncedLine, readSyncedLines } from '../synced-lines.ts';

/** One line. `sending` without a later `sent`: whether that mail left is unknown. */
export interface JournalEntry {
  /** From `buildNoticeName`. */
  notice: string;
  state: 'sending' | 'sent';
  /** Ids of the accounts in the mail; no names. */
  people: readonly IdKey[];
  requestId: string;
  /** ISO 8601. */
  at: string;
}

export interface NoticeJournal {
  /** `sent`: ids in sent mails of this notice, with the last time (ISO 8601); `unsure`: ids whose mail may have left. */
  readSent(notice: string): Promise<{ sent: ReadonlyMap<IdKey, string>; unsure: ReadonlySet<IdKey> }>;
  append(entry: JournalEntry): Promise<void>;
}

/** One JSON object a line, on the disk before `append` returns. The file is created with its first line. */
export function createNoticeJournal(path: string): NoticeJournal {
  return {
    async readSent(notice) {
      const entries = (await readEntries(path)).filter((entry) => entry.notice === notice);
      const indexTimes = (state: JournalEntry['state']) => {
        const ofState = entries.filter((entry) => entry.state === state);
        return new Map(ofState.flatMap(({ people, at }) => people.map((id) => [id, at] as const)));
      };
      const [sent, begun] = [indexTimes('sent'), indexTimes('sending')];
      const isUnsure = (id: IdKey, at: string) => at > (sent.get(id) ?? '');
      return { sent, unsure: new Set([...begun].filter(([id, at]) => isUnsure(id, at)).map(([id]) => id)) };
    },
    append: (entry) => appendSyncedLine(path, entry),
  };
}

async function readEntries(path: string): Promise<JournalEntry[]> {
  return (await readSyncedLines(path)).flatMap(parseEntry);
}

function parseEntry(value: Record<string, unknown>): JournalEntry[] {
  if (typeof value.notice !== 'string' || !Array.isArray(value.people)) return [];
  const state = value.state === 'sent' ? 'sent' : 'sending';
  const { notice, people, requestId, at } = value;
  return [{ notice, state, people: people.map(String), requestId: String(requestId), at: String(at) }];
}
