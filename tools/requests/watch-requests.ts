// Of every test file: looks at all that Dormant sends to embedded tenants. A request that Microsoft does not document, that the role is
// not granted, or that docs/reference/requests.md does not show fails the test in which it was sent.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { LogEntry } from '../../emulator/metering/request-log.ts';
import { judgeRequest } from './judge-request.ts';
import recorded from './sent.json' with { type: 'json' };
import { formatLine, readSentRequest } from './sent-request.ts';

const shown: ReadonlySet<string> = new Set(recorded.map(stripWay));
/** Where `npm run requests` gathers what is sent, instead of asking that it is shown. */
const folder = process.env.DORMANT_RECORD_REQUESTS;
const seen = new Set<string>();
let problems: string[] = [];

function checkEntry(entry: unknown): void {
  if (!isEntry(entry)) return;
  const request = readSentRequest(entry);
  if (request === null) return;
  const faults = judgeRequest(request);
  problems.push(...faults);
  const line = formatLine(request);
  if (folder === undefined && !shown.has(stripWay(line)))
    problems.push(`docs/reference/requests.md does not show "${line}": run npm run requests.`);
  if (folder === undefined || faults.length > 0 || seen.has(line)) return;
  seen.add(line);
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${process.pid}.txt`), `${line}\n`);
}

beforeAll(() => subscribe('dormant.emulator.request', checkEntry));
afterAll(() => void unsubscribe('dormant.emulator.request', checkEntry));
afterEach(() => {
  const found = new Set(problems);
  problems = [];
  if (found.size > 0) throw new Error([...found].join('\n'));
});

/** What is asked for in a batch is asked for alone when its answer is cut: which of them is up to chance. */
function stripWay(line: string): string {
  return line.replace(/ \| (alone|in a batch) \| /, ' | ');
}

function isEntry(message: unknown): message is LogEntry {
  return typeof message === 'object' && message !== null && 'userAgent' in message;
}
