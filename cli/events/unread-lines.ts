// Lines that no event can be made of: each is told with its file and line, and all of them are counted.

export interface UnreadLine {
  /** Below out/<stack>/, which names nobody. */
  file: string;
  /** From 1. */
  line: number;
  because: string;
}

export type TellUnread = (unread: UnreadLine) => void;

/** null: it is told. */
export function parseLine(text: string, place: { file: string; line: number }, tell: TellUnread): unknown {
  try {
    return JSON.parse(text);
  } catch {
    tell({ ...place, because: 'it is no JSON; it may be cut off' });
    return null;
  }
}

/** Of a line that is JSON and not what it should be: its faults say nothing of what it holds. */
export function tellForeign(place: { file: string; line: number }, tell: TellUnread): void {
  tell({ ...place, because: 'it is not what this version of Dormant writes there' });
}
