// Which fact of a file differs from what was signed, for the message to whoever reads it. Pure.
import type { AccountFile } from '../schemas/account.ts';
import type { SigningContext } from './account-past.ts';
import { findKey } from './keys.ts';
import { parseSignedLine, selectFacts, toCanonicalJson } from './signed-line.ts';

/** Whether every fact is the same, whatever the stage, the reason and the layout. */
export function hasSameFacts(file: AccountFile, other: AccountFile | null): boolean {
  return other !== null && toCanonicalJson(selectFacts(file)) === toCanonicalJson(selectFacts(other));
}

interface Place {
  keys: readonly (string | number)[];
  message: string;
}

/** `reference`: a version that was signed, or that main has; null: there is none. */
export function describeUnsignedFacts(
  file: AccountFile,
  reference: AccountFile | null,
  { signing }: Pick<SigningContext, 'signing'>,
): Place {
  const difference = reference === null ? null : findDifference(selectFacts(reference), selectFacts(file));
  if (difference !== null) {
    const { keys, before, after } = difference;
    const message = `${keys.join('.')}: found ${format(after)}, signed: ${format(before)}; only an audit writes it`;
    return { keys, message };
  }
  return { keys: ['signed'], message: `signed: ${describeSignature(file, reference, signing)}` };
}

function describeSignature(
  { signed }: AccountFile,
  reference: AccountFile | null,
  signing: SigningContext['signing'],
): string {
  if (signing === null) return 'tenant.yaml has no key that could vouch for these facts (`dormant key new`)';
  const line = parseSignedLine(signed);
  const key = line && findKey(signing, line.key);
  if (line !== null && key === null) return `the key ${line.key} is not in tenant.yaml`;
  if (key?.role === 'revoked') return `the key ${key.name} is revoked, and main had this signature only after that`;
  if (key?.role === 'retired') return `the key ${key.name} is retired: it is good for audits until ${key.until}`;
  if (reference === null) return 'no audit of this stack wrote these facts';
  return signed === reference.signed
    ? 'no audit of this stack wrote these facts'
    : 'the line is missing or was changed; put it back as it was';
}

interface Difference {
  keys: (string | number)[];
  before: unknown;
  after: unknown;
}

/** The first one, in the order of the fields. */
function findDifference(before: unknown, after: unknown): Difference | null {
  if (toComparable(before) === toComparable(after)) return null;
  if (!isRecord(before) || !isRecord(after)) return { keys: [], before, after };
  for (const key of new Set([...Object.keys(after), ...Object.keys(before)])) {
    const found = findDifference(before[key], after[key]);
    if (found !== null) return { ...found, keys: [toKey(key, after), ...found.keys] };
  }
  return null;
}

function toComparable(value: unknown): string {
  return value === undefined ? '' : toCanonicalJson(value);
}

function toKey(key: string, parent: object): string | number {
  return Array.isArray(parent) ? Number(key) : key;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function format(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
