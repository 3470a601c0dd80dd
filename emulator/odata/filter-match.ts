// Decides whether an object passes a filter, given a way to read its properties.
import type { Filter } from './filter-syntax.ts';
import type { Literal } from './filter-tokens.ts';

/** Reads a property by its path (`department`, `signInActivity/lastSignInDateTime`). */
type PropertyReader = (path: string) => unknown;
export type Matcher = (read: PropertyReader) => boolean;

/** Compiles a filter once for many objects. Texts compare without regard to case, as in Entra. */
export function compileFilter(filter: Filter): Matcher {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const left = compileFilter(filter.left);
      const right = compileFilter(filter.right);
      return filter.kind === 'and' ? (read) => left(read) && right(read) : (read) => left(read) || right(read);
    }
    case 'not': {
      const of = compileFilter(filter.of);
      return (read) => !of(read);
    }
    case 'compare': {
      const wanted = foldValue(filter.value);
      const compare = comparisons[filter.operator];
      return (read) => compare(foldValue(read(filter.path)), wanted);
    }
    case 'in': {
      const wanted = new Set(filter.values.map(foldValue));
      return (read) => wanted.has(foldValue(read(filter.path)));
    }
    case 'text': {
      const wanted = filter.value.toLowerCase();
      const test = textTests[filter.test];
      return (read) => {
        const value = read(filter.path);
        return typeof value === 'string' && test(value.toLowerCase(), wanted);
      };
    }
    case 'any': {
      const of = compileFilter(filter.of);
      return (read) => {
        const list = read(filter.path);
        return Array.isArray(list) && list.some((entry) => of(createReader(entry, filter.variable)));
      };
    }
  }
}

/** Reads `path` from a plain object; `a/$count` is the length of a collection. */
export function readPath(object: unknown, path: string): unknown {
  let value = object;
  for (const step of path.split('/')) {
    if (step === '$count') return Array.isArray(value) ? value.length : 0;
    value = isRecord(value) ? (value[step] ?? null) : null;
  }
  return value;
}

const comparisons = {
  eq: (value: Literal, wanted: Literal) => value === wanted,
  ne: (value: Literal, wanted: Literal) => value !== wanted,
  ge: (value: Literal, wanted: Literal) => value !== null && wanted !== null && value >= wanted,
  le: (value: Literal, wanted: Literal) => value !== null && wanted !== null && value <= wanted,
  gt: (value: Literal, wanted: Literal) => value !== null && wanted !== null && value > wanted,
  lt: (value: Literal, wanted: Literal) => value !== null && wanted !== null && value < wanted,
};

const textTests = {
  startswith: (value: string, wanted: string) => value.startsWith(wanted),
  endswith: (value: string, wanted: string) => value.endsWith(wanted),
  contains: (value: string, wanted: string) => value.includes(wanted),
};

function createReader(entry: unknown, variable: string): PropertyReader {
  return (path) => (path === variable ? entry : readPath(entry, path.slice(variable.length + 1)));
}

function foldValue(value: unknown): Literal {
  if (typeof value === 'string') return value.toLowerCase();
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
