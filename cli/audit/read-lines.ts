// The lines of a file with their numbers, one after the other: audit.json of a large tenant does not fit into one string.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface NumberedLine {
  /** From 1. */
  line: number;
  text: string;
}

/** Without those that are empty. Of a file that is not there: none. */
export async function* readLines(path: string): AsyncGenerator<NumberedLine> {
  let line = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      if (text.trim() !== '') yield { line, text };
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
