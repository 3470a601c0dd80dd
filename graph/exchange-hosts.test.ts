import { expect, test } from 'vitest';
import { DormantError } from '../policy/errors.ts';
import { connectExchange, type ExchangeEndpoint } from './exchange-hosts.ts';
import { RequestFailed } from './request-failed.ts';
import { noRequest } from './request-ids.ts';

const request = { source: 'mailbox', method: 'POST' as const, path: '/InvokeCommand' };
const answer = { status: 200, headers: new Headers(), body: { value: [] }, ...noRequest };

function failed(status: number | null, graphMessage: string): RequestFailed {
  const { method, path } = request;
  return new RequestFailed({ method, path, status, graphCode: '', graphMessage, ...noRequest, attempts: 1 });
}

const signInFailed = (reason: string) =>
  new DormantError('sign-in-failed', `Signing in for https://partner.outlook.cn/.default failed: ${reason}`);

/** Two names, of which the first fails so. */
function twoEndpoints(error: Error) {
  const called: string[] = [];
  const endpoint = (name: string, send: () => Promise<typeof answer>): ExchangeEndpoint => ({
    name,
    link: { origin: `https://${name}`, version: 'adminapi/beta/t', signal: undefined, send },
    tokens: { acquire: async () => name },
  });
  const first = endpoint('partner.outlook.cn', async () => {
    called.push('first');
    throw error;
  });
  const second = endpoint('outlook.office365.cn', async () => {
    called.push('second');
    return answer;
  });
  return { ...connectExchange([first, second]), called };
}

test.each([
  ['Entra knows no such resource', signInFailed('AADSTS500011: The resource principal was not found')],
  ['nobody has the name', failed(null, 'fetch failed (getaddrinfo ENOTFOUND partner.outlook.cn ENOTFOUND)')],
  ['nobody listens there', failed(null, 'fetch failed (connect ECONNREFUSED)')],
  ['somebody else has the name', failed(null, 'fetch failed (altnames ERR_TLS_CERT_ALTNAME_INVALID)')],
  ['the server takes other tokens', failed(401, 'The audience is invalid')],
  ['the server refuses', failed(403, '')],
  ['there is no such path', failed(404, 'Not Found')],
  ['it redirects to a foreign host', new DormantError('foreign-link', 'Exchange redirects to https://example.com.')],
])('where %s, the other name is asked, and from then on nobody else', async (_, error) => {
  const { exchange, called } = twoEndpoints(error);
  expect(await exchange.send(request)).toBe(answer);
  await exchange.send(request);
  expect(called).toEqual(['first', 'second', 'second']);
  expect(exchange.origin).toBe('https://outlook.office365.cn');
});

test.each([
  ['a connection that broke, for the command may have run', failed(null, 'fetch failed (read ECONNRESET)')],
  ['an overload', failed(503, '')],
  ['a quota', failed(429, '')],
  ['a command that Exchange itself refuses', failed(400, 'Cannot bind parameter')],
  [
    'a mailbox that Exchange does not find',
    failed(404, 'Ex6F9304|ManagementObjectNotFoundException|couldn’t be found'),
  ],
  ['a secret that is wrong', signInFailed('AADSTS7000215: Invalid client secret provided.')],
])('%s is no reason to ask anybody else', async (_, error) => {
  const { exchange, called } = twoEndpoints(error);
  await expect(exchange.send(request)).rejects.toBe(error);
  expect(called).toEqual(['first']);
});
