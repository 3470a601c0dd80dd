// people.jsonl: everybody in the tenant with the verdict, and no day of any activity. Who is active is in no other list, and
// whoever asks why nothing happens to somebody has to find them (`dormant why`). Written as people are judged, so that it costs no memory.
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Day } from '../../policy/evidence.ts';
import { isOutsider } from '../../policy/judge/guests.ts';
import type { JudgedAccount, ReasonCode, RecommendedAction, Risk, Verdict } from '../../policy/judge/judgement.ts';

export const peopleListName = 'people.jsonl';

/** Its first line. */
export interface PeopleListHead {
  formatVersion: 1;
  stack: string;
  auditedOn: Day;
}

/** Each other line. Of two about one person the later one counts: it was judged again on better evidence. */
export interface ListedPerson {
  id: string;
  userPrincipalName: string;
  displayName: string;
  mail: string | null;
  /** A guest or a member of another company. */
  isOutsider: boolean;
  verdict: Verdict;
  reasons: readonly ReasonCode[];
  risks: readonly Risk[];
  action: RecommendedAction;
}

export interface PeopleList {
  note(judged: JudgedAccount): void;
  /** Puts it in the place of the last one. */
  keep(): void;
  /** Leaves the last one as it is. Does nothing once it is kept. */
  drop(): void;
}

/** Bytes that are gathered before they are written. */
const chunkSize = 256 * 1024;

export async function openPeopleList(folder: string, head: Omit<PeopleListHead, 'formatVersion'>): Promise<PeopleList> {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `${peopleListName}.part`);
  const file = openSync(draft, 'w');
  let isOpen = true;
  let chunk = '';
  const write = () => {
    writeSync(file, chunk);
    chunk = '';
  };
  const append = (line: PeopleListHead | ListedPerson) => {
    chunk += `${JSON.stringify(line)}\n`;
    if (chunk.length > chunkSize) write();
  };
  const close = () => {
    isOpen = false;
    closeSync(file);
  };
  append({ formatVersion: 1, ...head });
  return {
    note: (judged) => append(toListedPerson(judged)),
    keep() {
      write();
      close();
      renameSync(draft, join(folder, peopleListName));
    },
    drop() {
      if (!isOpen) return;
      close();
      rmSync(draft, { force: true });
    },
  };
}

function toListedPerson({ evidence, judgement }: JudgedAccount): ListedPerson {
  const { id, userPrincipalName, displayName, mail } = evidence;
  const { verdict, reasons, risks, action } = judgement;
  const outside = isOutsider(evidence);
  return { id, userPrincipalName, displayName, mail, isOutsider: outside, verdict, reasons, risks, action };
}
