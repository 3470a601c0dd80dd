import { expect, test } from 'vitest';
import { runCmdlet } from './cmdlet.ts';
import { fastRetryPolicy } from './emulator.fixture.ts';
import { followRedirects } from './follow-redirects.ts';
import { aServer, type HeardRequest, type ServerAnswer, token } from './server.fixture.ts';

const cmdlet = { source: 'holds', name: 'Get-Mailbox', parameters: {}, repeatable: true };

/** Exchange, asked at localhost. */
async function anExchange(answer: (request: HeardRequest, origin: string) => ServerAnswer) {
  const server = await aServer(answer);
  const tokens = { acquire: async () => token, getGeneration: () => 0, renew: () => {} };
  const { origin, log } = server;
  const version = 'adminapi/beta/the-tenant';
  return {
    ...server,
    exchange: followRedirects({ origin, version, tokens, log, retryPolicy: fastRetryPolicy }),
  };
}

const elsewhere = (origin: string) => origin.replace('localhost', '127.0.0.1');
const isElsewhere = ({ headers }: HeardRequest) => headers.host?.startsWith('127.0.0.1') === true;

test.each([301, 302, 303, 307, 308])('a tenant that is sent on with %d is asked at its own host', async (status) => {
  const { exchange, heard } = await anExchange((request, origin) =>
    isElsewhere(request)
      ? { body: { value: [{ Id: 1 }] } }
      : { status, headers: { Location: `${elsewhere(origin)}${request.path}` } },
  );
  expect(await runCmdlet(exchange, cmdlet)).toEqual([{ Id: 1 }]);
  expect(heard.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /adminapi/beta/the-tenant/InvokeCommand',
    'POST /adminapi/beta/the-tenant/InvokeCommand',
  ]);
  expect(heard[1]).toMatchObject({ headers: { authorization: `Bearer ${token}` }, body: heard[0]?.body });
});

test('it goes on there, page by page and with the next cmdlet', async () => {
  const { exchange, heard } = await anExchange((request, origin) => {
    if (!isElsewhere(request)) return { status: 302, headers: { Location: `${elsewhere(origin)}${request.path}` } };
    const next = `${elsewhere(origin)}/adminapi/beta/the-tenant/InvokeCommand?$skiptoken=2`;
    return {
      body: request.path.includes('skiptoken') ? { value: [2] } : { value: [1], '@odata.nextLink': next },
    };
  });
  expect(await runCmdlet(exchange, cmdlet)).toEqual([1, 2]);
  expect(await runCmdlet(exchange, cmdlet)).toEqual([1, 2]);
  expect(heard.filter((request) => !isElsewhere(request))).toHaveLength(1);
});

test.each([
  ['another domain', () => 'https://outlook.example.com/adminapi'],
  ['a name that only looks like it', (origin: string) => origin.replace('localhost', 'evil-localhost')],
  ['plain http', (origin: string) => origin.replace('https', 'http')],
  ['another port', () => 'https://127.0.0.1:1/'],
  ['somebody’s name in the URL', (origin: string) => elsewhere(origin).replace('//', '//me@')],
  ['nowhere', () => 'https://'],
])('the token goes to no %s', async (_, location) => {
  const { exchange, heard } = await anExchange((__, origin) => ({
    status: 302,
    headers: { Location: location(origin) },
  }));
  await expect(runCmdlet(exchange, cmdlet)).rejects.toMatchObject({ code: 'foreign-link' });
  expect(heard).toHaveLength(1);
});

test('one redirect of a request is followed: hosts that send on to each other are given up', async () => {
  const { exchange, heard } = await anExchange((request, origin) => ({
    status: 302,
    headers: { Location: `${isElsewhere(request) ? origin : elsewhere(origin)}${request.path}` },
  }));
  await expect(runCmdlet(exchange, cmdlet)).rejects.toMatchObject({ code: 'endless-redirect' });
  expect(heard).toHaveLength(2);
});

test('the whole organisation’s anchor stands in for a mailbox, and the output may be cut down', async () => {
  const { exchange, heard } = await anExchange(() => ({ body: { value: [] } }));
  await runCmdlet(exchange, { ...cmdlet, select: ['Identity', 'InPlaceHolds'] });
  expect(heard[0]).toMatchObject({
    path: '/adminapi/beta/the-tenant/InvokeCommand?$select=Identity,InPlaceHolds',
    headers: { 'x-anchormailbox': 'APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@the-tenant' },
  });
});
