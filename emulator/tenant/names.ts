// Names of generated people: 1,024 given names and 1,024 surnames of several languages, paired by a permutation,
// so that no two of the first 1,048,576 people share one, and a UPN alone leads back to its person.
import { faker as de } from '@faker-js/faker/locale/de';
import { faker as en } from '@faker-js/faker/locale/en';
import { faker as es } from '@faker-js/faker/locale/es';
import { faker as fr } from '@faker-js/faker/locale/fr';
import { faker as it } from '@faker-js/faker/locale/it';
import { faker as pl } from '@faker-js/faker/locale/pl';
import { createPermutation } from './permutation.ts';

export interface Name {
  readonly givenName: string;
  readonly surname: string;
  /** Lower-case ASCII `given.surname`, with a number from the 1,048,577th person on. */
  readonly alias: string;
}

export interface Names {
  getName(index: number): Name;
  /** The index whose alias this is, or undefined; the alias may be in any case. */
  findIndex(alias: string): number | undefined;
}

const POOL = 1024;
const POOL_BITS = 10;
const PAIRS = POOL * POOL;

type Genders = {
  generic?: readonly string[] | null;
  female?: readonly string[] | null;
  male?: readonly string[] | null;
};

const locales = [en, de, en, es, en, fr, en, it, en, pl].map((faker) => faker.rawDefinitions.person ?? {});
const givenNames = buildPool(locales.map((person) => mergeGenders(person.first_name)));
const surnames = buildPool(locales.map((person) => mergeGenders(person.last_name)));

/** The names of one tenant, by its seed. */
export function createNames(seed: number): Names {
  const shuffle = createPermutation(seed, 2 * POOL_BITS);
  return {
    getName(index) {
      const pair = shuffle.apply(index % PAIRS);
      const given = getEntry(givenNames.list, pair % POOL);
      const family = getEntry(surnames.list, Math.floor(pair / POOL));
      const lap = Math.floor(index / PAIRS);
      const alias = `${given.slug}.${family.slug}${lap === 0 ? '' : lap + 1}`;
      return { givenName: given.name, surname: family.name, alias };
    },
    findIndex(alias) {
      const found = /^([a-z]+)\.([a-z]+?)(\d*)$/.exec(alias.toLowerCase());
      const given = givenNames.place.get(found?.[1] ?? '');
      const family = surnames.place.get(found?.[2] ?? '');
      if (given === undefined || family === undefined) return undefined;
      const lap = found?.[3] ? Number(found[3]) - 1 : 0;
      return lap * PAIRS + shuffle.undo(family * POOL + given);
    },
  };
}

/** Lower-case ASCII letters of a name, as an admin would write a UPN. */
function toSlug(name: string): string {
  const plain = name.replaceAll('ß', 'ss').replaceAll(/[łŁ]/g, 'l').replaceAll(/[øØ]/g, 'o');
  return plain
    .normalize('NFD')
    .replaceAll(/[^A-Za-z]/g, '')
    .toLowerCase();
}

interface Pool {
  readonly list: readonly { name: string; slug: string }[];
  readonly place: ReadonlyMap<string, number>;
}

/** Takes names from each list in turn, spread over the whole list, until the pool is full; no slug twice. */
function buildPool(lists: readonly (readonly string[])[]): Pool {
  const place = new Map<string, number>();
  const list: { name: string; slug: string }[] = [];
  for (let turn = 0; list.length < POOL; turn += 1) {
    for (const [order, names] of lists.entries()) {
      const name = names[(turn * 7 + order * 13) % names.length];
      const slug = toSlug(name ?? '');
      if (name === undefined || slug.length < 3 || place.has(slug) || list.length === POOL) continue;
      place.set(slug, list.length);
      list.push({ name, slug });
    }
    if (turn > 10 * POOL) throw new Error('The name lists hold too few different names.');
  }
  return { list, place };
}

function mergeGenders(names: Genders | null | undefined): readonly string[] {
  return [...(names?.female ?? []), ...(names?.male ?? []), ...(names?.generic ?? [])];
}

function getEntry(list: Pool['list'], place: number): { name: string; slug: string } {
  const entry = list[place];
  if (entry === undefined) throw new Error(`There is no name at place ${place}.`);
  return entry;
}
