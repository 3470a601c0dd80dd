// Where events go: to standard output, or into a file that is there whole or not at all.
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DormantError } from '../../policy/errors.ts';
import type { SecurityEvent } from './event-schema.ts';

/** Ends early where the reader does, as `head`. Throws what `events` throws. */
export async function printEvents(events: AsyncIterable<SecurityEvent>): Promise<void> {
  try {
    await pipeline(Readable.from(renderLines(events)), process.stdout, { end: false });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}

/** For its owner alone, like what it is made of. Returns how many there are. Throws `no-output`, and what `events` throws. */
export async function writeEvents(events: AsyncIterable<SecurityEvent>, path: string): Promise<number> {
  const there = await stat(path).catch(() => null);
  if (there !== null && !there.isFile()) throw createOutputError(path);
  let count = 0;
  const draft = `${path}.part`;
  async function* countLines() {
    for await (const line of renderLines(events)) {
      count += 1;
      yield line;
    }
  }
  try {
    await pipeline(Readable.from(countLines()), createWriteStream(draft, { mode: 0o600 }));
    await rename(draft, path);
  } catch (error) {
    throw error instanceof Error && 'syscall' in error && 'path' in error && error.path === draft
      ? createOutputError(path, error)
      : error;
  } finally {
    await rm(draft, { force: true });
  }
  return count;
}

async function* renderLines(events: AsyncIterable<SecurityEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}

function createOutputError(path: string, cause?: unknown): DormantError {
  return new DormantError('no-output', 'Events cannot be written there.', {
    exitCode: 2,
    where: path,
    remedy: 'Name a file with --output, in a folder that is there and that you may write into.',
    cause,
  });
}
