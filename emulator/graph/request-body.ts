// Reads the JSON body of a Graph request.
import type { Context } from 'hono';
import { badRequest } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import type { RequestEnv } from '../site.ts';

/** The JSON object of the body; 400 if there is none. */
export async function readBody(c: Context<RequestEnv>): Promise<Record<string, unknown>> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (isRecord(body)) return body;
  throw badRequest('Empty Payload. JSON content expected.', 'BadRequest');
}

/** The same without OData annotations, for objects whose properties are written one by one. */
export async function readPatchBody(c: Context<RequestEnv>): Promise<Record<string, unknown>> {
  const body = await readBody(c);
  return Object.fromEntries(Object.entries(body).filter(([name]) => !name.includes('@')));
}
