// Who calls, and whether their token may.
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { badCredentials, notPermitted } from './refusals.ts';
import type { Identity, Permission } from './state.ts';

export interface CallerEnv {
  Bindings: HttpBindings;
  Variables: { caller: Identity };
}

/** Knows the caller by the token, in either of the two forms that clients send. */
export function authenticate(identities: readonly Identity[]): MiddlewareHandler<CallerEnv> {
  return async (context, next) => {
    const token = /^(?:bearer|token) (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
    const caller = identities.find((identity) => identity.token === token);
    if (!caller) throw badCredentials();
    context.set('caller', caller);
    await next();
  };
}

/** Refuses a caller whose token lacks one of the permissions. */
export function need(
  context: Context<CallerEnv>,
  level: 'read' | 'write',
  ...anyOf: readonly Permission[]
): Identity {
  const caller = context.get('caller');
  const may = anyOf.some((permission) => {
    const held = caller.permissions[permission];
    return held === 'write' || held === level;
  });
  if (!may) throw notPermitted();
  return caller;
}

/** The request's JSON object; an empty one where there is none. */
export async function jsonBody(context: Context): Promise<Record<string, unknown>> {
  const body: unknown = await context.req.json().catch(() => ({}));
  return isRecord(body) ? body : {};
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
