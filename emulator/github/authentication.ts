// Identifies the caller by the token and checks its permissions.
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { createCredentialsError, createPermissionError } from './errors.ts';
import type { GitHubIdentity, Permission } from './state.ts';

export interface CallerEnv {
  Bindings: HttpBindings;
  Variables: { caller: GitHubIdentity };
}

/** Finds the caller by the token, in either of the two forms that clients send. */
export function authenticate(identities: readonly GitHubIdentity[]): MiddlewareHandler<CallerEnv> {
  return async (context, next) => {
    const token = /^(?:bearer|token) (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
    const caller = identities.find((identity) => identity.token === token);
    if (!caller) throw createCredentialsError();
    context.set('caller', caller);
    await next();
  };
}

/** Refuses a caller whose token lacks one of the permissions. */
export function requirePermission(
  context: Context<CallerEnv>,
  level: 'read' | 'write',
  ...anyOf: readonly Permission[]
): GitHubIdentity {
  const caller = context.get('caller');
  const may = anyOf.some((permission) => {
    const granted = caller.permissions[permission];
    return granted === 'write' || granted === level;
  });
  if (!may) throw createPermissionError();
  return caller;
}

/** The request's JSON object; an empty one where there is none. */
export async function readJsonBody(context: Context): Promise<Record<string, unknown>> {
  const body: unknown = await context.req.json().catch(() => ({}));
  return isRecord(body) ? body : {};
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listStrings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
