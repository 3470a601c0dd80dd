import type { LogEntry } from '@dormant-m365/emulator/calls';
import { expect, test } from 'vitest';
import { judgeRequest } from './judge-request.ts';
import { formatLine, readSentRequest } from './sent-request.ts';

const entry: Pick<LogEntry, 'method' | 'path' | 'query' | 'userAgent' | 'identity' | 'batch' | 'body'> = {
  method: 'GET',
  path: '/v1.0/users',
  query: '?$select=id&$top=999',
  userAgent: 'dormant/0.1.0 (users)',
  identity: 'audit',
  batch: null,
  body: null,
};

function judge(changed: Partial<typeof entry>): string[] {
  const request = readSentRequest({ ...entry, ...changed });
  return request === null ? ['not ours'] : judgeRequest(request);
}

test('a request as Microsoft documents it, by a role that is granted it, is in order', () => {
  expect(judge({})).toEqual([]);
});

test.each<[string, Partial<typeof entry>, RegExp]>([
  ['a call that nobody has looked up', { path: '/v1.0/users/x/drive' }, /\/users\/x\/drive .*calls\//],
  ['a call that only other clients make', { path: '/v1.0/directoryObjects/x' }, /not among Microsoft's facts/],
  [
    'a query option that its page does not name',
    { path: '/v1.0/subscribedSkus', query: '?$filter=skuId eq x' },
    /\$filter, which subscribedsku-list\.md does not name/,
  ],
  ['a page larger than Microsoft gives', { query: '?$top=1000' }, /\$top=1000, .* 999 /],
  ['a page of sign-ins larger than that', { query: '?$select=id,signInActivity&$top=999' }, / 500 /],
  ['a page with anything expanded larger than that', { query: '?$expand=manager&$top=101' }, / 100 /],
  [
    'a permission that the role is not granted',
    { method: 'PATCH', path: '/v1.0/users/x', query: '' },
    /User\.EnableDisableAccount\.All.* grants the audit none/,
  ],
  [
    'a report that the apply asks for',
    { path: "/v1.0/reports/getMailboxUsageDetail(period='D180')", query: '', identity: 'apply' },
    /grants the apply none/,
  ],
  ['a cmdlet that nobody has looked up', exchange('Remove-Mailbox'), /Remove-Mailbox .*not among/],
])('%s is a problem', (_, changed, problem) => {
  expect(judge(changed)).toEqual([expect.stringMatching(problem)]);
});

test('what another client sends is nobody’s business here', () => {
  expect(readSentRequest({ ...entry, userAgent: 'graph-sdk/1.0' })).toBeNull();
});

test('a line tells of nobody', () => {
  const id = '6f6ad3a2-5c1e-4f0e-9a3c-0d5c7a1f2b3c';
  const request = readSentRequest({
    ...entry,
    path: `/v1.0/users/${id}`,
    query: `?$filter=id in ('${id}','ana@contoso.com') or id in ('x')`,
    batch: 'b',
  });
  expect(request && formatLine(request)).toBe('audit | users | in a batch | 1 | GET /users/{id}?$filter=id in (…)');
});

function exchange(cmdlet: string): Partial<typeof entry> {
  return {
    method: 'POST',
    path: '/adminapi/beta/t/InvokeCommand',
    query: '',
    body: `{"CmdletInput":{"CmdletName":"${cmdlet}"}}`,
  };
}
