// `/{tenant}/oauth2/v2.0/authorize`: a person signs in on a page, and the application gets a code for a token.
import { type Context, Hono } from 'hono';
import type { RequestEnv, Site } from '../../site.ts';
import type { Person } from '../../tenant/person.ts';
import { requireTenant } from '../requested-tenant.ts';
import { describeSignInError, SignInError } from '../sign-in-error.ts';
import {
  type AuthorizeRequest,
  parseAuthorizeRequest,
  type ReplyAddress,
  requireReplyAddress,
} from './authorize-request.ts';
import { buildClientInfo } from './client-info.ts';
import { decideSignIn, readSignInForm } from './decide-sign-in.ts';
import { answerPage, renderAdministratorNeeded, renderFormPost, renderNotice, renderSignIn } from './sign-in-page.ts';

export function createAuthorizeRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const path = '/:tenant/oauth2/v2.0/authorize';
  app.get(path, (c) => answerRequest(site, c, (request) => showSignIn(site, c, request, request.loginHint)));
  app.post(path, (c) => answerRequest(site, c, (request) => takeAnswer(site, c, request)));
  return app;
}

type Answer = (request: AuthorizeRequest) => Response | Promise<Response>;

async function answerRequest(site: Site, c: Context<RequestEnv>, answer: Answer): Promise<Response> {
  const here = new URL(c.req.url);
  try {
    requireTenant(site, c.req.param('tenant') ?? '');
    const reply = requireReplyAddress(site, here.searchParams);
    try {
      return await answer({ ...reply, ...parseAuthorizeRequest(site, here.searchParams, here) });
    } catch (error) {
      if (error instanceof SignInError) return replyWithError(site, c, reply, error);
      throw error;
    }
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    return answerPage(c, renderNotice(site, 'Sign in', describeSignInError(c, error).description), undefined, 400);
  }
}

function showSignIn(
  site: Site,
  c: Context<RequestEnv>,
  { client, scopes, redirectUri }: AuthorizeRequest,
  userPrincipalName: string,
  problem?: SignInError,
): Response | Promise<Response> {
  const { searchParams } = new URL(c.req.url);
  const linkTo = (name: string) => {
    const query = new URLSearchParams(searchParams);
    query.set('login_hint', name);
    return `${c.req.path}?${query.toString()}`;
  };
  const sentence = problem && describeSignInError(c, problem).description;
  const page = renderSignIn(site, {
    client,
    scopes,
    userPrincipalName,
    linkTo,
    ...(sentence === undefined ? {} : { problem: sentence }),
  });
  return answerPage(c, page, redirectUri);
}

async function takeAnswer(site: Site, c: Context<RequestEnv>, request: AuthorizeRequest): Promise<Response> {
  const form = readSignInForm(await c.req.parseBody());
  const { client, scopes, redirectUri } = request;
  const decision = decideSignIn(site, client, scopes, form);
  switch (decision.kind) {
    case 'accepted':
      return replyWithCode(site, c, request, decision.person);
    case 'cancelled':
      return replyWithError(site, c, request, createDeclinedError(), { error_subcode: 'cancel' });
    case 'refused':
      return showSignIn(site, c, request, form.userPrincipalName, decision.error);
    case 'administratorNeeded':
      return answerPage(c, renderAdministratorNeeded(site, { client, permissions: decision.permissions }), redirectUri);
  }
}

/**
 * What an application gets of somebody who cancels, and of somebody who goes back where an administrator is needed: the same, as
 * zammad (lib/external_credential/microsoft365.rb) and others have seen.
 */
function createDeclinedError(): SignInError {
  return new SignInError(400, 'access_denied', 65004, 'User declined to consent to access the app.');
}

function replyWithCode(
  site: Site,
  c: Context<RequestEnv>,
  request: AuthorizeRequest,
  person: Person,
): Response | Promise<Response> {
  const { client, scopes, nonce, redirectUri, challenge, wantsClientInfo } = request;
  const startedAt = site.tenant.clock.now();
  const session = site.sessions.start({ personId: person.id, client, scopes, nonce, startedAt });
  const code = site.sessions.addCode({ session, redirectUri, challenge });
  site.handedOut.add(code);
  const clientInfo = wantsClientInfo ? { client_info: buildClientInfo(site, person.id) } : {};
  return reply(site, c, request, { code, ...clientInfo, session_state: session.id });
}

function replyWithError(
  site: Site,
  c: Context<RequestEnv>,
  address: ReplyAddress,
  error: SignInError,
  more: Readonly<Record<string, string>> = {},
): Response | Promise<Response> {
  const { description } = describeSignInError(c, error);
  return reply(site, c, address, { error: error.error, ...more, error_description: description });
}

function reply(
  site: Site,
  c: Context<RequestEnv>,
  { redirectUri, responseMode, state }: ReplyAddress,
  answer: Readonly<Record<string, string>>,
): Response | Promise<Response> {
  const fields = { ...answer, ...(state === undefined ? {} : { state }) };
  if (responseMode === 'form_post') return answerPage(c, renderFormPost(site, redirectUri, fields), redirectUri);
  c.header('Cache-Control', 'no-store');
  const text = new URLSearchParams(fields).toString();
  const separator = responseMode === 'fragment' ? '#' : redirectUri.includes('?') ? '&' : '?';
  return c.redirect(`${redirectUri}${separator}${text}`, 302);
}
