// Who is named in what a run has written: each account by its id, whoever has none by mail address or name. Two passes make
// a record, and this is what the first one gathers. Pure.
import { foldId, foldText, isGuid } from '../identifiers.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts';

/** A folded object id; `mail:` or `name:` and the folded text of somebody whose id the run does not know. */
export type PersonKey = string;

export interface PeopleIndex {
  /** Adds whoever a value names, at any depth. `at`: keys and indexes that lead to it. */
  note(value: Json, at?: readonly (string | number)[]): void;
  /** Whose the object is: an account, what was judged of it, its file. null: it is nobody's. */
  findOwner(value: JsonObject): PersonKey | null;
  /**
   * By id, address, name of an account file or display name, as it stands in a text; of several of one name `owner`, if it is one
   * of them. null: it names nobody.
   */
  findPerson(word: string, owner: PersonKey | null): PersonKey | null;
  /** Display names that begin with this word, the longest first. */
  listNames(firstWord: string): readonly string[];
}

/** Maps whose keys are ids of accounts. */
const mapsById = new Set(['unlicensedOneDrives']);

/** Fields whose text, or whose list of texts, is ids of accounts: of mails, refused files and the quarantine. */
const idFields = new Set(['account', 'people', 'holds', 'releases']);

export function createPeopleIndex(): PeopleIndex {
  const ids = new Set<PersonKey>();
  const byText = new Map<string, Set<PersonKey>>();
  const names = new Map<string, Set<string>>();

  const noteId = (id: string) => {
    const key = foldId(id);
    ids.add(key);
    return key;
  };
  const noteText = (text: string, key: PersonKey) => {
    const known = byText.get(foldText(text)) ?? new Set();
    byText.set(foldText(text), known.add(key));
  };
  /** Whoever is known by an id, before whoever is known by nothing but this text. */
  const findByText = (text: string): PersonKey | null => {
    const known = [...(byText.get(foldText(text)) ?? [])];
    return known.find((key) => ids.has(key)) ?? known[0] ?? null;
  };
  const noteName = (name: string, key: PersonKey) => {
    const [word] = name.match(firstWordPattern) ?? [];
    if (word === undefined || isOneLetter(name)) return;
    noteText(name, key);
    const known = names.get(word) ?? new Set();
    names.set(word, known.add(name));
  };
  const noteIdentity = (value: JsonObject) => {
    const id = findId(value);
    if (id !== null) {
      const key = noteId(id);
      for (const address of [value.userPrincipalName, value.mail]) if (isText(address)) noteText(address, key);
      if (isText(value.displayName)) noteName(value.displayName, key);
    } else if (isText(value.displayName) && 'mail' in value)
      noteName(value.displayName, keyOf(value, value.displayName));
  };
  const keyOf = (value: JsonObject, name: string): PersonKey =>
    isText(value.mail)
      ? (findByText(value.mail) ?? `mail:${foldText(value.mail)}`)
      : (findByText(name) ?? `name:${foldText(name)}`);
  /** Of an exemption, or a file that was refused: what is written beside it is about that account. */
  const findNamedAccount = (account: string): PersonKey | null => {
    if (isGuid(account)) return foldId(account);
    return findByText(account) ?? (account.includes('@') ? `mail:${foldText(account)}` : null);
  };
  const findOwner = (value: JsonObject): PersonKey | null => {
    const id = findId(value);
    if (id !== null) return foldId(id);
    if (isText(value.account)) return findNamedAccount(value.account);
    for (const field of ['account', 'evidence', 'judged', 'file']) {
      const inner = value[field];
      const owner = isJsonObject(inner) ? findOwner(inner) : null;
      if (owner !== null) return owner;
    }
    return isText(value.displayName) && 'mail' in value ? keyOf(value, value.displayName) : null;
  };

  const note = (value: Json, field: string | number | undefined): void => {
    if (isJsonArray(value)) for (const each of value) note(each, field);
    if (isText(value) && isGuid(value) && idFields.has(String(field))) noteId(value);
    if (!isJsonObject(value)) return;
    noteIdentity(value);
    const owner = findOwner(value);
    const [name] = isText(value.path) ? (value.path.match(accountFilePattern) ?? []) : [];
    if (owner !== null && name !== undefined) noteText(name, owner);
    for (const [key, inner] of Object.entries(value)) {
      if (mapsById.has(String(field)) && isGuid(key)) noteId(key);
      note(inner, key);
    }
  };

  return {
    note(value, at = []) {
      const [field, key] = at.slice(-2);
      if (typeof key === 'string') note({ [key]: value }, field);
      else note(value, key ?? field);
    },
    findOwner,
    findPerson(word, owner) {
      if (isGuid(word)) return ids.has(foldId(word)) ? foldId(word) : null;
      if (owner !== null && byText.get(foldText(word))?.has(owner)) return owner;
      return findByText(word) ?? (word.includes('@') ? `mail:${foldText(word)}` : null);
    },
    listNames: (word) => [...(names.get(word) ?? [])].sort((a, b) => b.length - a.length),
  };
}

/** It would be found in any text; in other scripts one sign can be a name. */
function isOneLetter(name: string): boolean {
  return /^[\x20-\x7e]$/.test(name);
}

/** A name begins with it, and so it is where one is looked for in a text. */
const firstWordPattern = /[\p{L}\p{N}]+/u;

/** The name of an account file, in its path. */
export const accountFilePattern = /(?<=\/(?:accounts|archive)\/)[^/\n"]+?(?=\.ya?ml\b)/u;

/** An account, also without its userPrincipalName, has an id beside a name. */
function findId(value: JsonObject): string | null {
  const { id } = value;
  const isPerson = isText(value.userPrincipalName) || ('mail' in value && isText(value.displayName));
  return isText(id) && isGuid(id) && isPerson ? id : null;
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}
