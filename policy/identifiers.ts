// What Entra calls an account, a group or a product. All of it is text, so a type says which it is. Ids and names mean the
// same in any case, and sources and people write them as they like: they are compared and kept in maps folded. Pure.

declare const kind: unique symbol;

/** Any text may become it, but not text of another kind: an id where a name is wanted is a type error. */
type Kind<Name extends string> = string & { readonly [kind]?: Name };

export type UserId = Kind<'user id'>;
export type GroupId = Kind<'group id'>;
export type SkuId = Kind<'sku id'>;
export type UserPrincipalName = Kind<'userPrincipalName'>;

/** A folded id: the key of maps and sets, where an id as it was read is a type error. */
export type IdKey = Kind<'folded id'>;

/** A GUID; a folded one stays as it is. */
export function foldId(id: UserId | GroupId | SkuId | IdKey): IdKey {
  return id.toLowerCase();
}

export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

export function isSameId(one: UserId | SkuId, other: UserId | SkuId): boolean {
  return foldId(one) === foldId(other);
}

export function isSameUpn(one: UserPrincipalName, other: UserPrincipalName): boolean {
  return foldText(one) === foldText(other);
}

/** Names, mail addresses and what people type. One keyboard composes é, another writes e and an accent. */
export function foldText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
