import type { Switches } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { mayNotRun, runCmdlet } from './cmdlet.ts';
import { anEmulator } from './emulator.fixture.ts';

const partner = 'https://partner.outlook.cn';
const office = 'https://outlook.office365.cn';
const cmdlet = { source: 'mailbox', name: 'Get-Mailbox', parameters: {}, repeatable: true } as const;

const inChina = (switches: Partial<Switches>) =>
  anEmulator({ cloud: 'china', users: 0, people: [{ kind: 'ana', licenses: ['SPE_E3'] }], switches });

test.each([
  [partner, 'unknown', 1],
  [partner, 401, 1],
  [partner, 404, 1],
  [office, 'unknown', 1],
  [office, 401, 3], // a refused token is renewed once
  [office, 404, 2],
] as const)(
  'where %s is Exchange, and its other name is answered %s, it is found after %d requests',
  async (exchangeHost, otherExchangeHost, requests) => {
    const tenant = await inChina({ exchangeHost, otherExchangeHost, weather: null });
    const { exchange, readExchangeRoles, log } = tenant.connect('apply');
    expect(await readExchangeRoles()).toContain('Exchange.ManageAsApp');
    const mailboxes = await runCmdlet(exchange, cmdlet);
    expect(mailboxes).toHaveLength(1);
    expect(log.getCounts().total).toBe(requests);
    await runCmdlet(exchange, cmdlet);
    expect(log.getCounts().total).toBe(requests + 1);
  },
);

test('a mailbox that is not there is Exchange’s own answer, and nobody else is asked', async () => {
  const tenant = await inChina({ otherExchangeHost: 404 });
  const { exchange, log } = tenant.connect('apply');
  const failed = runCmdlet(exchange, { ...cmdlet, parameters: { Identity: 'nobody@contoso.com' } });
  await expect(failed).rejects.toMatchObject({
    status: 404,
    graphCode: expect.not.stringMatching('NoExchange'),
  });
  expect(log.getCounts().total).toBe(1);
});

test('an identity without a role in Exchange is refused there, whatever the other name comes to', async () => {
  for (const otherExchangeHost of ['unknown', 401, 404] as const) {
    const tenant = await inChina({ otherExchangeHost });
    const { exchange } = tenant.connect('audit');
    const failed: unknown = await runCmdlet(exchange, cmdlet).catch((error: unknown) => error);
    expect(mayNotRun(failed)).toBe(true);
  }
});

test('once a name has answered, a refusal is told as it is', async () => {
  const tenant = await inChina({ otherExchangeHost: 404 });
  const { exchange } = tenant.connect('apply');
  await runCmdlet(exchange, cmdlet);
  tenant.emulator.faults.add({ kind: 'status', status: 403, path: '/InvokeCommand$' });
  const failed = runCmdlet(exchange, cmdlet);
  await expect(failed).rejects.toMatchObject({ graphCode: expect.not.stringMatching('NoExchange') });
});

test.each(['unknown', 401, 404] as const)(
  'where neither name is Exchange (%s), nothing is run and the error says what each came to',
  async (otherExchangeHost) => {
    const tenant = await inChina({ exchangeHost: 'https://elsewhere.cn', otherExchangeHost });
    const { exchange } = tenant.connect('apply').writing;
    const parameters = { Identity: tenant.emulator.getState('ana').id, Type: 'Shared' };
    const failed = runCmdlet(exchange, { ...cmdlet, name: 'Set-Mailbox', parameters });
    await expect(failed).rejects.toMatchObject({
      code: 'request-failed',
      status: otherExchangeHost === 401 ? 401 : 404,
      graphMessage: expect.stringMatching(/partner\.outlook\.cn.*outlook\.office365\.cn/),
    });
    expect(tenant.emulator.getState('ana')).toMatchObject({ isChanged: false });
  },
);

test.each(['usgov', 'usgov-dod'] as const)('in %s the one name of Exchange answers', async (cloud) => {
  const tenant = await anEmulator({ cloud, users: 0, people: [{ licenses: ['SPE_E3'] }] });
  expect(await runCmdlet(tenant.connect('apply').exchange, cmdlet)).toHaveLength(1);
});

test.each(['usgov', 'usgov-dod', 'china'] as const)('in %s one redirect of Exchange is followed', async (cloud) => {
  const people = [{ licenses: ['SPE_E3' as const] }];
  const tenant = await anEmulator({ cloud, users: 0, people, switches: { exchangeRedirect: 308 } });
  expect(await runCmdlet(tenant.connect('apply').exchange, cmdlet)).toHaveLength(1);
});
