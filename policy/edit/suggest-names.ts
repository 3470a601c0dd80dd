// What a person may have meant with a name that does not exist. Pure.
import { foldText } from '../identifiers.ts';
import { formatList } from '../words/labels.ts';

/** `Did you mean Sales?`, or all names if none is similar; a long list is cut. */
export function suggestNames(written: string, names: readonly string[]): string {
  const near = findNearNames(written, names);
  if (near.length > 0) return `Did you mean ${joinNames(near.slice(0, 3), 'or')}?`;
  return names.length === 0 ? '' : `There are ${joinNames([...names].sort(), 'and')}.`;
}

/** Those that may have been meant, the nearest first. */
export function findNearNames(written: string, names: readonly string[]): string[] {
  const wanted = fold(written);
  return names
    .filter((name) => mayBeNear(wanted, fold(name)))
    .map((name) => ({ name, distance: countEdits(wanted, fold(name)) }))
    .filter(({ name, distance }) => distance <= computeReach(name.length) || isPartOfOther(name, written))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

/** How many characters of a name may be others. */
function computeReach(length: number): number {
  return Math.max(2, length / 3);
}

/** Names of other lengths are further off than that: in a tenant of 100,000 people most need not be compared. */
function mayBeNear(wanted: string, name: string): boolean {
  return Math.abs(wanted.length - name.length) <= computeReach(name.length) || isPartOfOther(name, wanted);
}

const mostNames = 12;

function joinNames(names: readonly string[], conjunction: 'and' | 'or'): string {
  const rest = names.length - mostNames;
  return formatList(rest > 0 ? [...names.slice(0, mostNames), `${rest} more`] : names, conjunction);
}

function isPartOfOther(name: string, written: string): boolean {
  const [one, other] = [fold(name), fold(written)];
  return other.length > 2 && (one.includes(other) || other.includes(one));
}

function fold(text: string): string {
  return foldText(text.trim());
}

/** Levenshtein's distance: characters inserted, deleted or replaced. */
function countEdits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [index, character] of [...one].entries()) {
    let diagonal = index;
    let left = index + 1;
    row = row.map((above, at) => {
      if (at === 0) return left;
      left = Math.min(above + 1, left + 1, diagonal + (other[at - 1] === character ? 0 : 1));
      diagonal = above;
      return left;
    });
  }
  return row.at(-1) ?? 0;
}
