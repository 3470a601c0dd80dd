// Reads unknown JSON once, at the edge: each function reads one field and throws a sentence if it is not as expected.
import { DormantError } from '../policy/errors.ts';
import { isGuid } from '../policy/identifiers.ts';
import { parseDay } from './parse-day.ts';

/** A JSON object whose fields are not known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** `where` names the answer, such as `GET /users`, or the account in it. */
export function requireFields(value: unknown, where: string): Fields {
  if (isFields(value)) return value;
  throw createUnexpectedError(where, 'the answer', value, 'an object');
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function requireText(fields: Fields, key: string, where: string): string {
  const value = fields[key];
  if (typeof value === 'string' && value !== '') return value;
  throw createUnexpectedError(where, key, value, 'a text');
}

/** An object id, as account files write it. */
export function requireGuid(fields: Fields, key: string, where: string): string {
  const value = fields[key];
  if (typeof value === 'string' && isGuid(value)) return value;
  throw createUnexpectedError(where, key, value, 'a GUID');
}

/** null when the field is absent, null or empty. */
export function findGuid(fields: Fields, key: string, where: string): string | null {
  return findText(fields, key, where) === null ? null : requireGuid(fields, key, where);
}

/** null when the field is absent, null or empty: Graph uses all three for "not set". */
export function findText(fields: Fields, key: string, where: string): string | null {
  const value = fields[key];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string') return value;
  throw createUnexpectedError(where, key, value, 'a text or null');
}

export function requireBoolean(fields: Fields, key: string, where: string): boolean {
  const value = fields[key];
  if (typeof value === 'boolean') return value;
  throw createUnexpectedError(where, key, value, 'true or false');
}

export function findBoolean(fields: Fields, key: string, where: string): boolean | null {
  const value = fields[key];
  if (value === undefined || value === null) return null;
  return requireBoolean(fields, key, where);
}

export function findNumber(fields: Fields, key: string, where: string): number | null {
  const value = fields[key];
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return value;
  throw createUnexpectedError(where, key, value, 'a number or null');
}

export function requireList(fields: Fields, key: string, where: string): readonly unknown[] {
  const value = fields[key];
  if (Array.isArray(value)) return value;
  throw createUnexpectedError(where, key, value, 'a list');
}

/** An empty list when the field is absent or null. */
export function getListOrEmpty(fields: Fields, key: string, where: string): readonly unknown[] {
  const value = fields[key];
  return value === undefined || value === null ? [] : requireList(fields, key, where);
}

/** The day, `YYYY-MM-DD`, of an instant that Graph wrote; null when it is not set. */
export function findDay(fields: Fields, key: string, where: string): string | null {
  const text = findText(fields, key, where);
  if (text === null) return null;
  const day = parseDay(text);
  if (day !== null) return day;
  throw createUnexpectedError(where, key, text, 'an ISO 8601 date');
}

/** The functions above, except that an unexpected field is recorded instead of ending the run. */
export interface TolerantFields {
  read<T>(key: string, read: (fields: Fields, key: string, where: string) => T, fallback: T): T;
  /** The fields that were replaced by their fallback. */
  readonly incomplete: readonly string[];
}

export function readTolerantly(fields: Fields, where: string): TolerantFields {
  const incomplete: string[] = [];
  return {
    incomplete,
    read(key, read, fallback) {
      try {
        return read(fields, key, where);
      } catch (error) {
        if (!(error instanceof DormantError)) throw error;
        incomplete.push(key);
        return fallback;
      }
    },
  };
}

/** The value is not shown, because it may be personal. */
function createUnexpectedError(where: string, what: string, value: unknown, expected: string): DormantError {
  const kind = value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value;
  return new DormantError('unexpected-answer', `${where}: ${what} is ${kind}, expected ${expected}.`, {
    where,
    remedy: 'Nothing was planned from it. If it happens again, report it with the request id (--verbose).',
  });
}
