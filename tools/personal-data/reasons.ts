// Why each field is kept: a tree in the shape of what is written. A field of the type that has no reason does not compile.

/** Why a field about a person is kept, in a sentence or two; null: it says nothing about a person. */
export type Reason = string | null;

/** Of a list: its entries'. Of a map: under `<name>`. */
export interface ReasonTree {
  readonly [field: string]: Reason | ReasonTree;
}

type Plain = string | number | boolean | null | undefined;
type KeysOf<T> = T extends unknown ? keyof T : never;
type FieldOf<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;

/** The reasons that a type asks for: of a union every field of any of its members. */
export type ReasonsFor<T> = [Exclude<T, Plain>] extends [never] ? Reason : ReasonsForObject<Exclude<T, Plain>>;

type ReasonsForObject<T> = [T] extends [readonly (infer Entry)[]]
  ? ReasonsFor<Entry>
  : [T] extends [ReadonlyMap<string, infer Entry>]
    ? { '<name>': ReasonsFor<Entry> }
    : { [K in KeysOf<T>]-?: ReasonsFor<FieldOf<T, K>> };

/** Fields that say nothing about a person, each named: one that is added later has to be named, too. */
export function sayNothing<const Name extends string>(...names: readonly Name[]): Record<Name, null> {
  const entries = names.map((name) => [name, null] as const);
  // fromEntries forgets the key's type; every name of the list is there.
  return Object.fromEntries(entries) as Record<Name, null>;
}

/** Each field that the tree knows, as `account.manager.mail`, with its reason. */
export function listReasons(tree: ReasonTree, prefix = ''): [path: string, reason: Reason][] {
  return Object.entries(tree).flatMap(([name, inner]) => {
    const path = joinPath(prefix, name);
    return typeof inner === 'object' && inner !== null ? listReasons(inner, path) : [[path, inner]];
  });
}

/** A part of the tree that has a table of its own is named by it: of the same fields the same is to be said. */
export function joinPath(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}
