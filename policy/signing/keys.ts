// The keys of tenant.yaml, and what each of them is good for. Pure.
import type { Day } from '../evidence.ts';
import type { FactsKey, Signing } from '../schemas/signing.ts';

/** A key with what it is good for. */
export interface ListedKey extends FactsKey {
  role: 'current' | 'next' | 'retired' | 'revoked';
  /** The last day of an audit that it is good for; absent: no end. */
  until?: Day;
  /** Good only for what main had before this commit; absent: for all. */
  before?: string;
}

/** In the order of the file. */
export function listKeys({ current, next, retired = [], revoked = [] }: Signing): ListedKey[] {
  return [
    ...(current ? [{ ...current, role: 'current' as const }] : []),
    ...(next ? [{ ...next, role: 'next' as const }] : []),
    ...retired.map((key) => ({ ...key, role: 'retired' as const })),
    ...revoked.map(({ commit, ...key }) => ({ ...key, role: 'revoked' as const, before: commit })),
  ];
}

export function findKey(signing: Signing | null, name: string): ListedKey | null {
  return (signing && listKeys(signing).find((key) => key.name === name)) ?? null;
}

/**
 * What nobody may do to the keys, as sentences: take one off, take a revocation back or move it, or change where signing
 * began. Whoever can push could otherwise bring a key of their own, or make old ones good again.
 */
export function listForbiddenKeyChanges(before: Signing | null, after: Signing | null): string[] {
  if (before === null) return [];
  const now = after === null ? [] : listKeys(after);
  const gone = listKeys(before).flatMap((key) => describeLoss(key, now));
  const isSinceChanged = before.since !== undefined && before.since !== after?.since;
  return [
    ...gone,
    ...(isSinceChanged
      ? [`signing.since: found ${after?.since ?? 'nothing'}, allowed: ${before.since}, which never changes`]
      : []),
  ];
}

function describeLoss(key: ListedKey, now: readonly ListedKey[]): string[] {
  const same = now.find(({ publicKey }) => publicKey === key.publicKey);
  if (same === undefined)
    return [`signing: the key ${key.name} is gone; a key is retired or revoked, and stays listed`];
  if (same.name !== key.name) return [`signing: the key ${key.name} is called ${same.name} now; a key keeps its name`];
  if (key.role === 'revoked') {
    const isKept = same.role === 'revoked' && same.before === key.before;
    return isKept ? [] : [`signing: the key ${key.name} was revoked at ${key.before}, and stays so`];
  }
  if (key.role !== 'retired' || same.role === 'revoked') return [];
  const isKept = same.role === 'retired' && (same.until ?? '') <= (key.until ?? '');
  return isKept ? [] : [`signing: the key ${key.name} is retired, good until ${key.until}, and for nothing later`];
}

/** One name or one half twice would leave open what a signature is good for. */
export function listKeyFaults(signing: Signing): string[] {
  const keys = listKeys(signing);
  return keys.flatMap(({ name, publicKey }, index) => {
    const other = keys.slice(0, index).find((each) => each.name === name || each.publicKey === publicKey);
    return other === undefined ? [] : [`signing: ${name} (${keys[index]?.role}) is listed already as ${other.role}`];
  });
}
