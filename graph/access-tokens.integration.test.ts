import type { FaultRule } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { anEmulator } from './emulator.fixture.ts';

const toToken = { path: '/oauth2/v2.0/token$' } as const;
const read = { source: 'x', path: '/users?$select=id&$top=1' };

test.each<[string, FaultRule]>([
  ['lost before it came', { kind: 'reset', count: 2, ...toToken }],
  ['lost halfway', { kind: 'cut', count: 2, ...toToken }],
  ['cut short', { kind: 'truncate', count: 2, ...toToken }],
  ['a gateway’s page', { kind: 'status', status: 502, body: 'html', count: 1, ...toToken }],
])('signs in although the answer of the login is %s', async (_, rule) => {
  const { emulator, connect } = await anEmulator({ users: 0, people: [{ kind: 'ana' }] });
  emulator.faults.add(rule);
  const { status } = await connect().graph.send(read);
  expect(status).toBe(200);
  expect(emulator.faults.list()).toMatchObject([{ struck: rule.count }]);
});

test('what Entra refuses is not asked again', async () => {
  const { emulator, connect, envOf } = await anEmulator({ users: 0, people: [{ kind: 'ana' }] });
  const env = { ...envOf('audit'), AZURE_CLIENT_SECRET: 'wrong' };
  const sending = connect('audit', { env }).graph.send(read);
  await expect(sending).rejects.toMatchObject({ code: 'sign-in-failed' });
  expect(emulator.log.listEntries({ path: toToken.path })).toHaveLength(1);
});
