import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { anAuditResult, buildFactsLister } from '../../audit/report/audit.fixture.ts';
import { aCompany } from '../../audit/report/company.fixture.ts';
import { writeJson } from '../../audit/report/json.ts';
import { listEventFaults } from '../../tools/ocsf/list-event-faults.fixture.ts';
import { exampleLines, exampleSteps } from '../../tools/reference/event-examples.ts';
import { aLog, aRecord, aRecordedStack, parseEvents, toLines } from '../events/recorded-stack.fixture.ts';

const stepCount = Object.keys(exampleSteps).length;

async function anAuditedStack(size = 60) {
  const stack = await aRecordedStack();
  const result = anAuditResult({ people: aCompany(size) });
  await writeJson(result, stack.locate(''), buildFactsLister(result));
  return { ...stack, result };
}

test('an audit is one event with its counts, and each move that it proposes is one, with the account', async () => {
  const { run, result } = await anAuditedStack();
  const { exitCode, stdout, stderr } = await run();
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const [audited, ...proposed] = parseEvents(stdout);
  const { moves } = result.plan;
  expect(moves.length).toBeGreaterThan(10);
  expect(audited).toMatchObject({
    ...{ total: result.counts.accounts, num_detections: result.counts.verdicts.inactive },
    unmapped: { proposals: moves.length },
  });
  expect(proposed.map(({ user, unmapped }) => [user?.uid, unmapped.from ?? null, unmapped.to ?? null])).toEqual(
    moves.map(({ file, from, to }) => [file.account.id, from, to]),
  );
  for (const event of parseEvents(stdout)) expect([event, listEventFaults(event)]).toEqual([event, []]);
});

test('what an audit could not read is in its event', async () => {
  const stack = await aRecordedStack();
  const quality = { signIns: 'unavailable', groupEligibility: 'unavailable', restrictedUnits: 'unlicensed' } as const;
  const result = anAuditResult({ people: aCompany(20), quality });
  await writeJson(result, stack.locate(''), buildFactsLister(result));
  const [audited] = parseEvents((await stack.run()).stdout);
  expect(audited).toMatchObject({ severity_id: 2, unmapped: { unread: ['groupEligibility', 'signIns'] } });
});

test('the same files give the same lines, in the order of time, and what two of them have comes once', async () => {
  const stack = await anAuditedStack();
  const early = exampleLines(exampleSteps['sign-in-blocked']).map((line) => ({
    ...line,
    at: '2026-11-30T09:00:00.000Z',
    ...('receipt' in line ? { receipt: { ...line.receipt, at: '2026-11-30T09:00:00.000Z' } } : {}),
  }));
  await stack.write('apply.jsonl', aLog());
  await stack.write('apply.json', aRecord());
  const once = parseEvents((await stack.run()).stdout);
  await stack.write('runs/4711/apply.jsonl', aLog());
  await stack.write('runs/4711/apply.json', aRecord());
  await stack.write('runs/4700/apply.jsonl', toLines(early));
  const [first, second] = [await stack.run(), await stack.run()];
  expect(first).toEqual(second);
  const events = parseEvents(first.stdout);
  expect(events).toHaveLength(once.length + 1);
  const times = events.map(({ time }) => time);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(events[0]?.metadata.event_code).toBe('sign-in-blocked');
  expect(events[1]?.metadata.event_code).toBe('audited');
  expect(new Set(events.map(({ metadata }) => metadata.uid)).size).toBe(events.length);
});

test('lines that are cut off or of others are named with file and line and counted, and all others have their events', async () => {
  const { run, write } = await aRecordedStack();
  const foreign = { ...exampleLines(exampleSteps['mailbox-shared'])[0], step: 'mailbox-deleted' };
  const undated = { ...exampleLines(exampleSteps['mailbox-shared'])[0], at: 'yesterday' };
  const ofFabrikam = { ...exampleLines(exampleSteps['mailbox-shared'])[0], stack: 'fabrikam' };
  await write(
    'apply.jsonl',
    `${aLog()}${toLines([foreign, ofFabrikam, undated])}\n{"at":"2026-12-07T09:00:00Z","what":"as`,
  );
  await write('runs/4711/apply.json', '{"stack": "contoso"');
  await write('audit.json', '{\n"stack": "contoso",\n"auditedOn": "2026-12-07"\n}\n');
  const { exitCode, stdout, stderr } = await run();
  expect(exitCode).toBe(1);
  expect(parseEvents(stdout)).toHaveLength(stepCount);
  const last = 1 + stepCount * 2;
  expect(stderr.split('\n').filter((line) => line.startsWith('out/'))).toEqual([
    `out/contoso/apply.jsonl:${last + 1}: it is not what this version of Dormant writes there`,
    `out/contoso/apply.jsonl:${last + 2}: it is not what this version of Dormant writes there`,
    `out/contoso/apply.jsonl:${last + 3}: it is not what this version of Dormant writes there`,
    `out/contoso/apply.jsonl:${last + 4}: it is no JSON; it may be cut off`,
    'out/contoso/runs/4711/apply.json:1: it is no JSON; it may be cut off',
    'out/contoso/audit.json:3: it is not what this version of Dormant writes there',
  ]);
  expect(stderr).toContain('error 6 lines were not read');
});

test('a step of a workflow has to write a file, and neither file nor log of it is anybody else’s to read', async () => {
  const { run, write, folder } = await aRecordedStack();
  await write('apply.jsonl', aLog());
  const output = join(folder, 'events.jsonl');
  const refused = await run([], { GITHUB_ACTIONS: 'true' });
  expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
  expect(refused.stderr).toContain('--output');
  const { exitCode, stdout, stderr } = await run(['--output', output], { GITHUB_ACTIONS: 'true' });
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`${stepCount} events are in ${output}`);
  expect(`${stdout}${stderr}`).not.toMatch(/ana|lee/i);
  expect(parseEvents(await readFile(output, 'utf8'))).toEqual(parseEvents((await run()).stdout));
  expect((await stat(output)).mode & 0o777).toBe(0o600);
});

test.each(['/dev/stdout', '.', 'nowhere/events.jsonl'])('%s is no file to write events into', async (output) => {
  const { run, write, folder } = await aRecordedStack();
  await write('apply.jsonl', aLog());
  const path = output.startsWith('/') ? output : join(folder, output);
  const { exitCode, stdout, stderr } = await run(['--output', path], { GITHUB_ACTIONS: 'true' });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain('error Events cannot be written there.');
});

test('where nothing was left, it says what to run; where there is no such stack, it says so', async () => {
  const { run, folder } = await aRecordedStack();
  const { exitCode, stdout, stderr } = await run();
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain('dormant audit contoso');
  const elsewhere = await run(['--repo', join(folder, 'out')]);
  expect(elsewhere).toMatchObject({ exitCode: 2, stdout: '' });
  expect(elsewhere.stderr).toContain('There is no stack contoso here.');
});

test('--json prints one document about the file, and is refused where standard output is the events', async () => {
  const { run, write, folder } = await aRecordedStack();
  await write('apply.jsonl', aLog());
  const output = join(folder, 'events.jsonl');
  const { stdout } = await run(['--json', '--output', output]);
  expect(JSON.parse(stdout)).toEqual({ stack: 'contoso', output, events: stepCount, unread: [] });
  const refused = await run(['--json']);
  expect(refused.exitCode).toBe(2);
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'no-output' } });
});

test('a reader that stops early, as head does, is no error', async () => {
  const { write, folder } = await aRecordedStack();
  const seconds = Array.from({ length: 2_000 }, (_, at) => new Date(Date.UTC(2026, 11, 7, 10, 0, at)).toISOString());
  const lines = seconds.flatMap((at) => exampleLines(exampleSteps['group-left']).map((line) => ({ ...line, at })));
  await write('apply.jsonl', toLines(lines));
  const dormant = new URL('../dormant.ts', import.meta.url).pathname;
  const command = `set -o pipefail; "${process.execPath}" "${dormant}" events contoso --repo "${folder}" | head -1`;
  const { exitCode, stdout, stderr } = await execa('bash', ['-c', command], { env: { GITHUB_ACTIONS: undefined } });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(parseEvents(stdout)).toHaveLength(1);
});

test('an audit of twenty thousand proposals needs no more memory than one of few', async () => {
  const { run, write, locate, result } = await anAuditedStack();
  const text = await readFile(locate('audit.json'), 'utf8');
  const line = text.split('\n').find((each) => each.startsWith('{') && each.includes('"archivePaths":'));
  expect(line).toBeDefined();
  const many = Array.from({ length: 20_000 }, () => `${line?.replace(/,$/, '')},`).join('\n');
  await write('audit.json', text.replace('"moves": [\n', `"moves": [\n${many}\n`));
  expect((await stat(locate('audit.json'))).size).toBeGreaterThan(60_000_000);
  const output = locate('events.jsonl');
  const { exitCode } = await run(['--output', output], { NODE_OPTIONS: '--max-old-space-size=48' });
  expect(exitCode).toBe(0);
  const [audited] = parseEvents((await readFile(output, 'utf8')).split('\n')[0] ?? '');
  expect(audited?.unmapped.proposals).toBe(20_000 + result.plan.moves.length);
});
