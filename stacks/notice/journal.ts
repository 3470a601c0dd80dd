// Which mails went out, on disk: a run that is killed before the engine has noted it leaves its trace here for the next one.
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isFields } from '../../graph/json-fields.ts';

/** One line. `sending` without a `sent` after it: nobody knows whether that mail left. */
interface JournalEntry {
  /** `noticeName`. */
  notice: string;
  state: 'sending' | 'sent';
  /** Ids of the accounts that the mail is about; no names. */
  people: readonly string[];
  requestId: string;
  /** ISO 8601. */
  at: string;
}

export interface NoticeJournal {
  /** Ids that a sent mail of this notice was about, with when the last was (ISO 8601), and those of which nobody knows whether theirs left. */
  readSent(notice: string): Promise<{ sent: ReadonlyMap<string, string>; unsure: ReadonlySet<string> }>;
  append(entry: JournalEntry): Promise<void>;
}

/** One JSON object a line, each on the disk before `enter` returns. The file is made with its first line. */
export function createNoticeJournal(path: string): NoticeJournal {
  return {
    async readSent(notice) {
      const entries = (await readEntries(path)).filter((entry) => entry.notice === notice);
      const indexTimes = (state: JournalEntry['state']) => {
        const ofState = entries.filter((entry) => entry.state === state);
        return new Map(ofState.flatMap(({ people, at }) => people.map((id) => [id, at] as const)));
      };
      const [sent, begun] = [indexTimes('sent'), indexTimes('sending')];
      const isUnsure = (id: string, at: string) => at > (sent.get(id) ?? '');
      return { sent, unsure: new Set([...begun].filter(([id, at]) => isUnsure(id, at)).map(([id]) => id)) };
    },
    async append(entry) {
      await mkdir(dirname(path), { recursive: true });
      const file = await open(path, 'a', 0o600);
      try {
        // The line end in front closes a line that a crash has cut off.
        await file.appendFile(`\n${JSON.stringify(entry)}`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

async function readEntries(path: string): Promise<JournalEntry[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap(parseEntry);
}

function parseEntry(line: string): JournalEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Empty, or cut off by a crash: it tells nothing, and hides nothing.
    return [];
  }
  if (!isFields(value) || typeof value.notice !== 'string' || !Array.isArray(value.people)) return [];
  const state = value.state === 'sent' ? 'sent' : 'sending';
  const { notice, people, requestId, at } = value;
  return [{ notice, state, people: people.map(String), requestId: String(requestId), at: String(at) }];
}
