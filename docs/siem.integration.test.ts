// The guide's workflow, run as it stands: with `gh`, `az` and `npx` that answer what its lines ask, and a collector by HTTPS.
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getTrustedAuthority } from '@dormant-m365/emulator';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { anAuditResult, buildFactsLister } from '../audit/report/audit.fixture.ts';
import { aCompany } from '../audit/report/company.fixture.ts';
import { writeJson } from '../audit/report/json.ts';
import {
  aLog,
  aRecord,
  aRecordedStack,
  parseEvents,
  type RecordedStack,
  toLines,
} from '../cli/events/recorded-stack.fixture.ts';
import { aServer, type HeardRequest } from '../graph/server.fixture.ts';
import { readDocument } from '../tools/markdown-document.fixture.ts';
import { listEventFaults } from '../tools/ocsf/list-event-faults.fixture.ts';
import { exampleLines, exampleSteps } from '../tools/reference/event-examples.ts';

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8');
const guide = new URL('guides/siem.md', import.meta.url).pathname;
const [workflow = '', sentinel = ''] = readDocument(guide)
  .fences.filter(({ language }) => language === 'yml')
  .map(({ text }) => text);

const splunkLines = /^ *# Splunk takes[\s\S]*?"\$SIEM_URL"\n/m;

/** What `gh` has of the run: an artifact of each of these names, with these files. */
async function keep({ folder }: RecordedStack, name: string, files: Record<string, string>): Promise<void> {
  await mkdir(join(folder, 'kept', name), { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, 'kept', name, file), text);
}

async function runStep(stack: RecordedStack, text: string, origin: string) {
  const { folder } = stack;
  const programs = join(folder, 'programs');
  await mkdir(programs, { recursive: true });
  const dormant = new URL('../cli/dormant.ts', import.meta.url).pathname;
  const scripts = {
    gh: `case "$1" in
  api) ls kept ;;
  run) while test "$1" != --name; do shift; done; mkdir -p "$4" && cp -r "kept/$2/." "$4" ;;
esac`,
    az: 'echo token-of-az',
    npx: `shift; exec "${process.execPath}" "${dormant}" "$@"`,
  };
  for (const [name, script] of Object.entries(scripts)) {
    await writeFile(join(programs, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(programs, name), 0o755);
  }
  const authority = join(folder, 'authority.pem');
  await writeFile(authority, (await getTrustedAuthority()).certificate);
  return execa('bash', ['-c', text], {
    cwd: folder,
    env: {
      ...{ PATH: `${programs}:${process.env.PATH}`, CURL_CA_BUNDLE: authority, NO_COLOR: '1' },
      ...{ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'contoso/dormant', GITHUB_TOKEN: '', RUN: '4711' },
      ...{ SIEM_URL: `${origin}/collector`, SIEM_TOKEN: 'token-of-siem' },
    },
    reject: false,
  });
}

const step = (): string => parse(workflow).jobs.send.steps.at(-1).run;

const listSplunkEvents = (heard: readonly HeardRequest[]) =>
  heard.flatMap(({ body }) =>
    body
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  );

async function aRunOfBoth() {
  const stack = await aRecordedStack();
  const result = anAuditResult({ people: aCompany(300) });
  await writeJson(result, join(stack.folder, 'audited'), buildFactsLister(result));
  await keep(stack, 'audit-contoso', {
    'audit.json': await readFile(join(stack.folder, 'audited/audit.json'), 'utf8'),
  });
  await keep(stack, 'apply-contoso', { 'apply.jsonl': aLog() + aLongLog(), 'apply.json': aRecord() });
  await keep(stack, 'something-else', { 'file.txt': 'of another workflow' });
  return stack;
}

/** More than one request may have. */
function aLongLog(): string {
  const seconds = Array.from({ length: 800 }, (_, at) => new Date(Date.UTC(2026, 11, 7, 10, 0, at)).toISOString());
  return toLines(
    seconds.flatMap((at) => exampleLines(exampleSteps['mailbox-shared']).map((line) => ({ ...line, at }))),
  );
}

test('the workflow sends every event of what a run has kept, each as one of OCSF, in requests of less than 1 MB', async () => {
  const stack = await aRunOfBoth();
  const { origin, heard } = await aServer(() => ({ body: { text: 'Success', code: 0 } }));
  const { exitCode, stdout, stderr } = await runStep(stack, step(), origin);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).not.toContain('@');
  expect(heard.length).toBeGreaterThan(2);
  for (const { headers, method, path, body } of heard) {
    expect({ method, path, token: headers.authorization }).toEqual({
      ...{ method: 'POST', path: '/collector', token: 'Splunk token-of-siem' },
    });
    expect(Buffer.byteLength(body)).toBeLessThan(1_000_000);
  }
  const sent = listSplunkEvents(heard);
  for (const { event, time } of sent) expect([listEventFaults(event), time]).toEqual([[], event.time / 1000]);
  const files = ['apply-contoso', 'audit-contoso'].map(async (name) => {
    await cp(join(stack.folder, 'kept', name), stack.locate(''), { recursive: true });
  });
  await Promise.all(files);
  const expected = parseEvents((await stack.run()).stdout).map(({ metadata }) => metadata.uid);
  expect(new Set(sent.map(({ event }) => event.metadata.uid))).toEqual(new Set(expected));
});

test('with the lines for Sentinel in their place, requests are JSON arrays with the table’s two columns', async () => {
  const stack = await aRunOfBoth();
  const { origin, heard } = await aServer(() => ({ status: 204, body: '' }));
  expect(step()).toMatch(splunkLines);
  const { exitCode, stderr } = await runStep(
    stack,
    step().replace(splunkLines, () => sentinel),
    origin,
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(heard[0]?.headers).toMatchObject({
    ...{ authorization: 'Bearer token-of-az', 'content-type': 'application/json' },
  });
  const rows = heard.flatMap(({ body }) => JSON.parse(body));
  expect(rows.length).toBeGreaterThan(20);
  for (const { body } of heard) expect(Buffer.byteLength(body)).toBeLessThan(1_000_000);
  for (const row of rows) {
    expect(Object.keys(row)).toEqual(['TimeGenerated', 'Event']);
    expect(Date.parse(row.TimeGenerated)).toBe(Math.floor(row.Event.time / 1000) * 1000);
  }
});

test('where a line cannot be read the others are sent, and the step is red; where the collector refuses, it is red, too', async () => {
  const stack = await aRecordedStack();
  await keep(stack, 'apply-contoso', { 'apply.jsonl': `${aLog()}\n{"at":"2026-12-07T0` });
  const taking = await aServer(() => ({}));
  expect((await runStep(stack, step(), taking.origin)).exitCode).toBe(1);
  expect(listSplunkEvents(taking.heard).length).toBeGreaterThan(5);
  const refusing = await aServer(() => ({ status: 403, body: { text: 'Invalid token', code: 4 } }));
  expect((await runStep(stack, step(), refusing.origin)).exitCode).not.toBe(0);
});

test('the workflow follows the workflows and artifacts that there are, with the same pinned actions', async () => {
  const { on } = parse(workflow);
  const files = await Promise.all(['apply', 'audit'].map((name) => read(`.github/workflows/${name}.yml`)));
  expect(files.map((text) => parse(text).name)).toEqual(on.workflow_run.workflows);
  for (const [at, name] of ['apply', 'audit'].entries())
    expect(files[at]).toContain(`name: ${name}-\${{ matrix.stack }}`);
  const used = [...workflow.matchAll(/uses: (.+)/g)].map(([, action]) => action);
  expect(used.length).toBe(2);
  for (const action of used) expect(files[0]).toContain(`uses: ${action}`);
});
