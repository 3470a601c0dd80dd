// Every property of a generated person is a hash of the tenant's seed, the person's index and a salt. So nobody has to be
// stored: the millionth person costs as much as the first, and is the same each time.
export interface SeededRandom {
  readonly seed: number;
  /** 32 evenly spread bits for one index and one purpose. */
  getBits(index: number, salt: number): number;
  /** A number in [0, 1). */
  getUnit(index: number, salt: number): number;
  /** A whole number from `low` to `high`, both included. */
  getBetween(index: number, salt: number, low: number, high: number): number;
}

/** The random numbers of one seed; the same seed gives the same tenant on every machine. */
export function createSeededRandom(seedText: string | number): SeededRandom {
  const seed = hashText(String(seedText));
  const getBits = (index: number, salt: number) => mix(seed, index, salt);
  const getUnit = (index: number, salt: number) => mix(seed, index, salt) / 4294967296;
  return {
    seed,
    getBits,
    getUnit,
    getBetween: (index, salt, low, high) => low + Math.floor(getUnit(index, salt) * (high - low + 1)),
  };
}

/** One element of a list that is not empty, the same one for the same index and salt. */
export function pick<T>(random: SeededRandom, list: readonly T[], index: number, salt: number): T {
  const chosen = list[random.getBits(index, salt) % list.length];
  if (chosen === undefined) throw new Error('The list to pick from is empty.');
  return chosen;
}

/** FNV-1a over the UTF-16 units of a text; 32 bits. */
export function hashText(text: string): number {
  let hash = 2166136261;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  return hash >>> 0;
}

/** The finaliser of MurmurHash3 over three words. */
export function mix(seed: number, index: number, salt: number): number {
  let word = Math.imul(index ^ Math.imul(salt + 0x9e3779b9, 0x85ebca6b), 0xcc9e2d51) ^ seed;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  word ^= word >>> 16;
  word = Math.imul(word + Math.imul(index, 0x27d4eb2f), 0x165667b1);
  return (word ^ (word >>> 15)) >>> 0;
}

/** 32 hexadecimal digits (lower case) for one index and purpose. */
export function generateHexDigits(random: SeededRandom, index: number, salt: number): string {
  const parts = [0, 1, 2, 3].map((part) => random.getBits(index, salt + part));
  return parts.map((bits) => bits.toString(16).padStart(8, '0')).join('');
}

/** A random version-4 GUID. */
export function generateGuid(random: SeededRandom, index: number, salt: number): string {
  return buildGuid(random.getBits(index, salt), random, index, salt + 1);
}

/** A version-4 GUID whose first eight digits are `first`, so that this can be parsed from it. */
export function buildGuid(first: number, random: SeededRandom, index: number, salt: number): string {
  const middle = random.getBits(index, salt);
  const tail = random.getBits(index, salt + 1);
  const version = formatQuarter((middle & 0x0fff) | 0x4000);
  const variant = formatQuarter(((middle ^ tail) & 0x3fff) | 0x8000);
  const node = formatQuarter(tail >>> 16) + formatQuarter(tail) + formatQuarter(tail ^ first);
  return `${formatQuarter(first >>> 16)}${formatQuarter(first)}-${formatQuarter(middle >>> 16)}-${version}-${variant}-${node}`;
}

/** Four hexadecimal digits of the low 16 bits, from a table: ids are written by the million. */
function formatQuarter(bits: number): string {
  return QUARTERS[bits & 0xffff] ?? '';
}

const QUARTERS = Array.from({ length: 0x10000 }, (_, bits) => bits.toString(16).padStart(4, '0'));
