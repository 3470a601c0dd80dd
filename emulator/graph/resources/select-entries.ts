// Which entries of a resource a request asks for: those that pass its filter and its search, in order, one page of them.
import { compileFilter } from '../../odata/filter-match.ts';
import { createSearch } from '../../odata/search.ts';
import type { PropertyReader, Resource, View } from './resource.ts';

export type Test<T> = (entry: T) => boolean;

/** The test of $filter and $search; without them every entry passes. */
export function createTest<T>({ filter, query, ...view }: View, resource: Resource<T>): Test<T> {
  if (filter === null && query.search === null) return () => true;
  const read = resource.createReader({ filter, query, ...view });
  const matches = filter === null ? null : compileFilter(filter);
  const isFound = query.search === null ? null : createSearch(query.search);
  return (entry) => {
    const readProperty = read(entry);
    return matches?.(readProperty) !== false && isFound?.(readProperty) !== false;
  };
}

export interface Page<T> {
  readonly entries: readonly T[];
  readonly next: number | null;
}

/** The page that begins at a place, in the order that was asked for. */
export function selectEntries<T>(view: View, resource: Resource<T>, slice: Slice<T>): Page<T> {
  const { passes, start, size } = slice;
  return view.query.orderBy
    ? selectSorted(view, resource, slice)
    : selectPage(resource.listFrom(view, start), passes, size);
}

function selectPage<T>(entries: Iterable<readonly [number, T]>, passes: Test<T>, size: number): Page<T> {
  const selected: T[] = [];
  for (const [place, entry] of entries) {
    if (!passes(entry)) continue;
    if (selected.length === size) return { entries: selected, next: place };
    selected.push(entry);
  }
  return { entries: selected, next: null };
}

interface Slice<T> {
  readonly passes: Test<T>;
  readonly start: number;
  readonly size: number;
}

/** Sorting needs everybody at once; a place is then one in that order. Texts are sorted without regard to case. */
function selectSorted<T>(view: View, resource: Resource<T>, { passes, start, size }: Slice<T>): Page<T> {
  const { property = '', descending = false } = view.query.orderBy ?? {};
  const read = resource.createReader(view);
  const sorted: { entry: T; key: string }[] = [];
  for (const [, entry] of resource.listFrom(view, 0))
    if (passes(entry)) sorted.push({ entry, key: foldKey(read(entry), property) });
  sorted.sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0));
  if (descending) sorted.reverse();
  const end = start + size;
  return {
    entries: sorted.slice(start, end).map(({ entry }) => entry),
    next: end < sorted.length ? end : null,
  };
}

const foldKey = (read: PropertyReader, property: string) => String(read(property) ?? '').toLowerCase();

/** How many entries pass. */
export function countEntries<T>(view: View, resource: Resource<T>, passes: Test<T>): number {
  let count = 0;
  for (const [, entry] of resource.listFrom(view, 0)) if (passes(entry)) count += 1;
  return count;
}
