import { test } from 'vitest';
import { sendBatch } from '../../graph/batch.ts';
import { anEmulator, fastRetryPolicy } from '../../graph/emulator.fixture.ts';
import type { ReadRequest } from '../../graph/send-once.ts';

async function send(which: 'audit' | 'apply', request: ReadRequest): Promise<void> {
  const { connect } = await anEmulator({ users: 0, people: [{ kind: 'ana' }] });
  await connect(which)
    .graph.send(request)
    .catch(() => {});
}

test('a request that the page shows is in order', async () => {
  await send('audit', { source: 'users', path: '/users?$select=id&$top=999' });
});

// Each of these is failed by the watch after the test, whatever the test itself does.
test.fails('a query option that Microsoft does not document for it fails the test', async () => {
  await send('audit', { source: 'licences', path: '/subscribedSkus?$top=5' });
});

test.fails('a call that the role is not granted fails the test', async () => {
  await send('apply', { source: 'usage report', path: "/reports/getOffice365ActiveUserDetail(period='D7')" });
});

test.fails('a call that nobody has looked up fails the test', async () => {
  await send('audit', { source: 'users', path: '/users/ana@contoso.com/drive' });
});

test.fails('a documented request that the page does not show fails the test', async () => {
  await send('audit', { source: 'users', path: '/users?$orderby=displayName' });
});

test.fails('an item of a batch is looked at like any other request', async () => {
  const { connect } = await anEmulator({ users: 0 });
  await sendBatch(
    connect('audit').graph,
    'users',
    [{ method: 'GET', url: '/organization?$select=id' }],
    fastRetryPolicy,
  );
});
