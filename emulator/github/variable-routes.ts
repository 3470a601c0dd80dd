// Variables of Actions: of the repository, and of each environment.
import type { Context, Hono } from 'hono';
import { type CallerEnv, readJsonBody, requirePermission } from './authentication.ts';
import { conflict, notFound, unprocessable } from './errors.ts';
import type { Permission } from './state.ts';

interface VariableRoutes {
  permission: Permission;
  /** Throws where what they belong to is not there. */
  findVariables(context: Context<CallerEnv>): Record<string, string>;
}

export function addVariableRoutes(
  routes: Hono<CallerEnv>,
  path: string,
  { permission, findVariables }: VariableRoutes,
): void {
  routes.get(`${path}/:variable`, (context) => {
    requirePermission(context, 'read', permission);
    const { name, value } = requireVariable(context, findVariables(context));
    return context.json({ name, value, ...madeOnceAt });
  });

  routes.post(path, async (context) => {
    requirePermission(context, 'write', permission);
    const variables = findVariables(context);
    const { name, value } = await readJsonBody(context);
    if (typeof name !== 'string' || typeof value !== 'string') throw unprocessable('Invalid request.');
    if (variables[name] !== undefined) throw conflict('Already exists - Variable already exists');
    variables[name] = value;
    return context.json({}, 201);
  });

  routes.patch(`${path}/:variable`, async (context) => {
    requirePermission(context, 'write', permission);
    const variables = findVariables(context);
    const { name } = requireVariable(context, variables);
    variables[name] = String((await readJsonBody(context)).value);
    return context.body(null, 204);
  });
}

/** When a secret or a variable was made does not matter here. */
export const madeOnceAt = { created_at: '2026-01-05T09:00:00Z', updated_at: '2026-01-05T09:00:00Z' };

function requireVariable(context: Context<CallerEnv>, variables: Record<string, string>) {
  const name = context.req.param('variable') ?? '';
  const value = variables[name];
  if (value === undefined) throw notFound();
  return { name, value };
}
