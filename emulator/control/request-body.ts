// Reads the body of a control request and checks it before anything is changed; errors name what does not fit.
import type { Context } from 'hono';
import type { Static, TSchema } from 'typebox';
import Value from 'typebox/value';
import { badRequest } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';

/** The posted JSON object; an empty body is an empty object. */
export async function readJsonObject(c: Context): Promise<Record<string, unknown>> {
  const text = await c.req.text();
  if (text.trim() === '') return {};
  const posted: unknown = parseJson(text);
  if (!isRecord(posted)) throw badRequest('The body must be a JSON object.', 'BadRequest');
  return posted;
}

export function parseText(posted: Record<string, unknown>, name: string): string | undefined {
  const value = posted[name];
  if (value === undefined || typeof value === 'string') return value;
  throw badRequest(`'${name}' must be a string.`, 'BadRequest');
}

export function parseNumber(posted: Record<string, unknown>, name: string): number | undefined {
  const value = posted[name];
  if (value === undefined || typeof value === 'number') return value;
  throw badRequest(`'${name}' must be a number.`, 'BadRequest');
}

/** The value if it fits the schema, else 400 with every place where it does not. */
export function requireShape<Schema extends TSchema>(schema: Schema, value: unknown): Static<Schema> {
  if (Value.Check(schema, value)) return value;
  const problems = [...Value.Errors(schema, value)].map(
    ({ instancePath, message }) => `${instancePath === '' ? 'body' : instancePath}: ${message}`,
  );
  throw badRequest(`The body does not fit: ${[...new Set(problems)].join('; ')}.`, 'BadRequest');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('The body is not valid JSON.', 'BadRequest');
  }
}
