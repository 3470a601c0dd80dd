// exemptions.yaml and escalations.yaml, edited by people on the branch and changed on main since: entry by entry. Pure.
import { type Document, isSeq } from 'yaml';
import { readOrNull } from '../errors.ts';
import { foldText } from '../identifiers.ts';
import { Escalations } from '../schemas/escalations.ts';
import { Exemptions, identifyExemption } from '../schemas/exemptions.ts';
import { isSameValue } from '../yaml/edit-yaml.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import type { FileSides, MergedText } from './merged-text.ts';

/** The list's name in its file is the kind's. */
type ListKind = 'exemptions' | 'escalations';

/** What only the branch added, changed or took out comes to main's list; what main took out stays out. */
export function mergeList(kind: ListKind, { path, base, branch, main }: FileSides): MergedText {
  const [was, theirs, ours] = [base, branch, main ?? `${kind}: []\n`].map((text) => readList(kind, path, text));
  // The check names the line; the person may finish it.
  if (!theirs || !ours) return { text: ours ? branch : main, undecided: [] };
  const changes = [...new Set([...(was?.entries.keys() ?? []), ...theirs.entries.keys()])]
    .map((id) => ({ id, was: was?.entries.get(id), theirs: theirs.entries.get(id), ours: ours.entries.get(id) }))
    .filter((entry) => !isSameValue(entry.was, entry.theirs) && !isSameValue(entry.theirs, entry.ours));
  const [free, taken] = [true, false].map((isFree) =>
    changes.filter((entry) => isSameValue(entry.was, entry.ours) === isFree),
  );
  for (const { id, theirs: entry } of free ?? []) setEntry(kind, ours, { id, entry });
  const undecided = (taken ?? []).filter((entry) => entry.ours !== undefined);
  return {
    text: free?.length === 0 ? main : ours.document.toString({ lineWidth: 0 }),
    undecided: undecided.map((entry) => ({ path, main: quote(entry.ours), branch: quote(entry.theirs) })),
  };
}

interface List {
  document: Document;
  /** By what tells entries apart, in the order of the file. */
  entries: Map<string, unknown>;
}

/** null: there is none, or it cannot be read. */
function readList(kind: ListKind, path: string, text: string | null): List | null {
  return text === null ? null : readOrNull(() => parseList(kind, path, text));
}

function parseList(kind: ListKind, path: string, text: string): List {
  if (kind === 'exemptions') {
    const { document, value } = parseYaml(Exemptions, path, text);
    return { document, entries: new Map(value.exemptions.map((entry) => [identifyExemption(entry), entry])) };
  }
  const { document, value } = parseYaml(Escalations, path, text);
  return { document, entries: new Map(value.escalations.map((entry) => [foldText(entry.id), entry])) };
}

/** `entry` undefined: taken out. Other entries keep their comments. */
function setEntry(kind: ListKind, { document, entries }: List, { id, entry }: { id: string; entry: unknown }): void {
  const list = document.get(kind);
  if (!isSeq(list)) throw new TypeError('the schema has vouched for a list');
  const known = entries.get(id);
  const place = list.toJS(document).findIndex((each: unknown) => isSameValue(each, known));
  if (entry === undefined) list.delete(place);
  else if (place >= 0) list.set(place, document.createNode(entry));
  else {
    // `[]` would put the entry on the same line, which is hard to review.
    list.flow = false;
    list.add(document.createNode(entry));
  }
}

function quote(entry: unknown): string {
  return entry === undefined ? 'taken out' : JSON.stringify(entry);
}
