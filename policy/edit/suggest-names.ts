// What a person may have meant with a name that does not exist. Pure.
import { foldText } from '../identifiers.ts';
import { formatList } from '../words/labels.ts';

/** `Did you mean Sales?`, or all names if none is similar; a long list is cut. */
export function suggestNames(written: string, names: readonly string[]): string {
  const near = names
    .map((name) => ({ name, distance: countEdits(fold(written), fold(name)) }))
    .filter(({ name, distance }) => distance <= Math.max(2, name.length / 3) || isPartOfOther(name, written))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  if (near.length > 0) return `Did you mean ${joinNames(near.map(({ name }) => name).slice(0, 3), 'or')}?`;
  return names.length === 0 ? '' : `There are ${joinNames([...names].sort(), 'and')}.`;
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
