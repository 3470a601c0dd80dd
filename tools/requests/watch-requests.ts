// Runs with every test file: a request to an embedded tenant fails its test if Microsoft does not document it, its identity
// lacks the permission, or docs/reference/requests.md does not show it.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LogEntry } from '@dormant-m365/emulator/calls';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { judgeRequest } from './judge-request.ts';
import recorded from './sent.json' with { type: 'json' };
import { formatLine, readSentRequest } from './sent-request.ts';

const shown: ReadonlySet<string> = new Set(recorded.map(stripWay));
/** Set by `npm run requests`, which records requests here instead of comparing them with the page. */
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
    problems.push(`docs/reference/requests.md does not show "${line}": run npm run requests with this test’s path.`);
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

/** A batched request is sent again alone if its answer is truncated, which depends on chance. */
function stripWay(line: string): string {
  return line.replace(/ \| (alone|in a batch) \| /, ' | ');
}

function isEntry(message: unknown): message is LogEntry {
  return typeof message === 'object' && message !== null && 'userAgent' in message;
}
