// Takes what a run has written apart, so that each person's part can be a file of its own and be erased without the rest: what
// is a person's, and each mention of one, is put into that person's part, and a numbered hole stays. Pure.
import { findMentions } from './find-mentions.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts';
import type { PeopleIndex, PersonKey } from './people-index.ts';

/** One value of one file of a run; a file is its entries in their order. */
export interface Entry {
  file: string;
  /** Keys and indexes that lead to the value; empty: it is the whole file, or one line of it. */
  at: readonly (string | number)[];
  value: Json;
}

/** What stands in the holes of a record, by their numbers. */
export type Fills = Readonly<Record<string, Json>>;

export interface Splitter {
  /** The entry without people, as one value. */
  split(entry: Entry): JsonObject;
  /** So far: each person's part. */
  parts(): ReadonlyMap<PersonKey, Fills>;
}

/** `{ "$": 7 }` is a hole for a value, `"$7": null` one for a key and its value, `⟦7⟧` one in a text; `⟦⟧` is the sign itself. */
export const holes = { key: '$', inText: /⟦(\d*)⟧/g } as const;

export function createSplitter(people: PeopleIndex): Splitter {
  const parts = new Map<PersonKey, Record<string, Json>>();
  let count = 0;
  const dig = (person: PersonKey, fill: Json): number => {
    const part = parts.get(person) ?? {};
    parts.set(person, part);
    count += 1;
    part[count] = fill;
    return count;
  };

  const cutText = (text: string, owner: PersonKey | null): string => {
    let [cut, end] = ['', 0];
    const protect = (plain: string) => plain.replaceAll('⟦', '⟦⟧');
    for (const mention of findMentions(text, people, owner)) {
      if (mention.person === owner) continue;
      const hole = dig(mention.person, text.slice(mention.start, mention.end));
      cut += `${protect(text.slice(end, mention.start))}⟦${hole}⟧`;
      end = mention.end;
    }
    return cut + protect(text.slice(end));
  };
  const cutObject = (value: JsonObject, owner: PersonKey | null): JsonObject =>
    Object.fromEntries(
      Object.entries(value).map(([key, inner]): [string, Json] => {
        if (/^\$\d*$/.test(key)) throw new TypeError(`A record cannot hold the key ${key}.`);
        const [mention] = findMentions(key, people, owner);
        if (mention === undefined || mention.person === owner) return [key, cut(inner, owner)];
        return [`$${dig(mention.person, { key, value: cut(inner, mention.person) })}`, null];
      }),
    );
  const cut = (value: Json, owner: PersonKey | null): Json => {
    if (typeof value === 'string') return cutText(value, owner);
    if (isJsonArray(value)) return value.map((each) => cutElement(each, owner));
    if (!isJsonObject(value)) return value;
    const own = people.findOwner(value);
    if (own === null || own === owner) return cutObject(value, owner);
    return { [holes.key]: dig(own, cutObject(value, own)) };
  };
  /** Of a list, what names one person and is nobody's is that person's: a job title with the one who has it. */
  const cutElement = (value: Json, owner: PersonKey | null): Json => {
    if (!isJsonObject(value) || people.findOwner(value) !== null) return cut(value, owner);
    const [only, ...others] = listPeople(value, people);
    if (only === undefined || others.length > 0 || only === owner) return cut(value, owner);
    return { [holes.key]: dig(only, cutObject(value, only)) };
  };

  return {
    split({ file, at, value }) {
      const mention = at.flatMap((step) => (typeof step === 'string' ? findMentions(step, people) : []))[0];
      if (mention !== undefined) {
        const { person } = mention;
        return { file, [holes.key]: dig(person, { at: [...at], value: cut(value, person) }) };
      }
      const isElement = typeof at.at(-1) === 'number';
      return { file, at: [...at], value: isElement ? cutElement(value, null) : cut(value, null) };
    },
    parts: () => parts,
  };
}

function listPeople(value: Json, people: PeopleIndex): Set<PersonKey> {
  const found = new Set<PersonKey>();
  const look = (each: Json) => {
    if (typeof each === 'string') for (const { person } of findMentions(each, people)) found.add(person);
    else if (isJsonArray(each)) each.forEach(look);
    else if (isJsonObject(each)) {
      const owner = people.findOwner(each);
      if (owner !== null) found.add(owner);
      for (const [key, inner] of Object.entries(each)) {
        look(key);
        look(inner);
      }
    }
  };
  look(value);
  return found;
}
