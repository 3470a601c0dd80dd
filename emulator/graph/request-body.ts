// Reads the JSON body of a Graph request.
import type { Context } from 'hono';
import { badRequest } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import { canonicaliseName } from '../odata/schema.ts';
import type { RequestEnv } from '../site.ts';

/** The JSON object of the body, its names as the metadata and the actions spell them; 400 if there is none. */
export async function readBody(c: Context<RequestEnv>): Promise<Record<string, unknown>> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (isRecord(body)) return Object.fromEntries(Object.entries(body).map(([name, value]) => [spellName(name), value]));
  throw badRequest('Empty Payload. JSON content expected.', 'BadRequest');
}

/** A parameter of an action is no property of a type; all of them begin with a small letter. */
function spellName(name: string): string {
  const known = canonicaliseName(name);
  return known === name && !name.includes('@') ? name.charAt(0).toLowerCase() + name.slice(1) : known;
}

/** The same without OData annotations and the id, for objects whose properties are written one by one. */
export async function readPatchBody(c: Context<RequestEnv>): Promise<Record<string, unknown>> {
  const body = await readBody(c);
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'id' && !name.includes('@')));
}
