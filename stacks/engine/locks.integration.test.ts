import { execFileSync } from 'node:child_process';
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { hrNoticeType } from '../notice/hr-notice-state.ts';
import { noticeType } from '../notice/manager-notice-state.ts';
import { isAbandoned, parseLocks, readStackState } from './locks.ts';

const refusal = `error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.
  file:///state/.pulumi/locks/organization/dormant/contoso/60ae144c-cb39-442a-ac69-b5b749293ca2.json?no_tmp_dir=true: created by runner@fv-az1 (pid 21526) at 2026-11-24T15:12:52Z`;

test('reads from a refusal who holds the stack, where and since when', () => {
  expect(parseLocks(refusal)).toEqual([{ user: 'runner', host: 'fv-az1', pid: 21526, since: '2026-11-24T15:12:52Z' }]);
});

test('any other failure names no lock', () => {
  expect(parseLocks('error: no stack named contoso found')).toEqual([]);
});

test('a mail that was under way keeps whom it is about, in a state that knows the notice and in one that does not', async () => {
  const notice = { people: [{ id: 'ana' }, { id: 'bo' }] };
  const aNotice = (type: string) => ({ urn: `urn:pulumi:contoso::dormant::${type}::first`, type, inputs: { notice } });
  const [known, fresh] = [{ ...aNotice(noticeType), id: 'first', outputs: { told: ['ana'] } }, aNotice(hrNoticeType)];
  const pending_operations = [{ resource: aNotice(noticeType) }, { resource: fresh }];
  const deployment = { resources: [known], pending_operations };
  expect(await readStackState({ exportStack: async () => ({ version: 3, deployment }) })).toEqual({
    isToBePrepared: true,
    resources: [
      { ...known, outputs: { told: ['ana'], unsure: ['ana', 'bo'] } },
      { ...fresh, id: 'first', outputs: { told: [], unsure: ['ana', 'bo'] } },
    ],
  });
});

test('a lock of a process that died on this host is abandoned', () => {
  const pid = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }));
  expect(isAbandoned({ user: 'me', host: hostname(), pid, since: '' })).toBe(true);
});

test('a lock of a running process is not abandoned, nor is one of another host', () => {
  expect(isAbandoned({ user: 'me', host: hostname(), pid: process.pid, since: '' })).toBe(false);
  expect(isAbandoned({ user: 'me', host: 'elsewhere.invalid', pid: 1, since: '' })).toBe(false);
});
