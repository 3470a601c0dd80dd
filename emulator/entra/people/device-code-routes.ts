// `/{tenant}/oauth2/v2.0/devicecode`, and the page on which a person types the code that another machine shows.
import { type Context, Hono } from 'hono';
import type { RequestEnv, Site } from '../../site.ts';
import { requireTenant } from '../requested-tenant.ts';
import { answerSignInError, createMissingFieldError, describeSignInError, SignInError } from '../sign-in-error.ts';
import { createPolicyError, decideSignIn, readSignInForm } from './decide-sign-in.ts';
import { DEVICE_CODE_SECONDS, type DeviceCode } from './person-sessions.ts';
import { requirePublicClient } from './public-clients.ts';
import { parseRequestedScopes } from './requested-scopes.ts';
import { answerPage, renderAdministratorNeeded, renderNotice, renderSignIn, renderUserCode } from './sign-in-page.ts';

/** Stands for microsoft.com/devicelogin. */
const PAGE = '/devicelogin';
const INTERVAL_SECONDS = 5;

export function createDeviceCodeRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.post('/:tenant/oauth2/v2.0/devicecode', (c) => answerDeviceCode(site, c));
  app.get(PAGE, (c) => showPage(site, c, c.req.query('user_code') ?? ''));
  app.post(PAGE, (c) => takeAnswer(site, c));
  return app;
}

async function answerDeviceCode(site: Site, c: Context<RequestEnv>): Promise<Response> {
  try {
    requireTenant(site, c.req.param('tenant') ?? '');
    const { client_id: clientId, scope } = await c.req.parseBody();
    if (typeof clientId !== 'string' || clientId === '') throw createMissingFieldError('client_id');
    if (typeof scope !== 'string' || scope === '') throw createMissingFieldError('scope');
    const client = requirePublicClient(site, clientId);
    if (!client.allowsDeviceCode) throw createConfidentialError();
    const here = new URL(c.req.url);
    const device = site.sessions.addDevice(client, parseRequestedScopes(site.tenant, client, scope, here));
    for (const code of [device.deviceCode, device.userCode]) site.handedOut.add(code);
    const page = `${here.origin}${PAGE}`;
    return c.json({
      user_code: device.userCode,
      device_code: device.deviceCode,
      verification_uri: page,
      expires_in: DEVICE_CODE_SECONDS,
      interval: INTERVAL_SECONDS,
      message: `To sign in, use a web browser to open the page ${page} and enter the code ${device.userCode} to authenticate.`,
    });
  } catch (error) {
    if (error instanceof SignInError) return answerSignInError(site, c, error);
    throw error;
  }
}

/** "Allow public client flows" is off. */
function createConfidentialError(): SignInError {
  const sentence = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
  return new SignInError(401, 'invalid_client', 7000218, sentence);
}

function showPage(
  site: Site,
  c: Context<RequestEnv>,
  userCode: string,
  again: { userPrincipalName?: string; problem?: SignInError } = {},
): Response | Promise<Response> {
  if (userCode === '') return answerPage(c, renderUserCode(site, ''));
  const device = findOpenDevice(site, userCode);
  if (typeof device === 'string') return answerPage(c, renderUserCode(site, userCode, device));
  const linkTo = (name: string) =>
    `${PAGE}?${new URLSearchParams({ user_code: userCode, login_hint: name }).toString()}`;
  const page = renderSignIn(site, {
    client: device.client,
    scopes: device.scopes,
    userPrincipalName: again.userPrincipalName ?? c.req.query('login_hint') ?? '',
    hidden: { user_code: userCode },
    linkTo,
    ...(again.problem === undefined ? {} : { problem: describeSignInError(c, again.problem).description }),
  });
  return answerPage(c, page);
}

/** The device that waits for an answer, or a sentence for the page. The second is AADSTS90120 (reference-error-codes.md of entra-docs). */
function findOpenDevice(site: Site, userCode: string): DeviceCode | string {
  const device = site.sessions.findDeviceByUserCode(userCode);
  if (!device || device.expiresAt <= Date.now()) return 'That code didn’t work. Check the code and try again.';
  if (device.answer !== 'pending') return 'AADSTS90120: The request was already authorized or declined.';
  return device;
}

async function takeAnswer(site: Site, c: Context<RequestEnv>): Promise<Response> {
  const body = await c.req.parseBody();
  const userCode = typeof body.user_code === 'string' ? body.user_code : '';
  const device = findOpenDevice(site, userCode);
  if (typeof device === 'string') return answerPage(c, renderUserCode(site, userCode, device));
  const form = readSignInForm(body);
  const { client, scopes } = device;
  if (form.answer === 'accept' && site.tenant.switches.deviceCodeFlow === 'blocked') return showBlocked(site, c);
  const decision = decideSignIn(site, client, scopes, form);
  switch (decision.kind) {
    case 'accepted': {
      const startedAt = site.tenant.clock.now();
      device.answer = site.sessions.start({
        personId: decision.person.id,
        client,
        scopes,
        nonce: undefined,
        startedAt,
      });
      return answerPage(c, renderNotice(site, client.displayName, 'You have signed in. You can close this page.'));
    }
    case 'cancelled':
      device.answer = 'declined';
      return answerPage(c, renderNotice(site, client.displayName, 'You have cancelled. You can close this page.'));
    case 'refused':
      return showPage(site, c, userCode, { userPrincipalName: form.userPrincipalName, problem: decision.error });
    case 'administratorNeeded': {
      const hidden = { user_code: userCode };
      return answerPage(c, renderAdministratorNeeded(site, { client, permissions: decision.permissions, hidden }));
    }
  }
}

/** On the page alone: the application goes on asking until the code expires (Azure/azure-cli 32621). */
function showBlocked(site: Site, c: Context<RequestEnv>): Response | Promise<Response> {
  const error = createPolicyError();
  return answerPage(
    c,
    renderNotice(site, 'You cannot access this right now', describeSignInError(c, error).description),
  );
}
