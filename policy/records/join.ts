// Puts a run together again from its part without people and the parts of people; of who was erased, the holes say so. Pure.
import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts';
import { type Entry, type Fills, holes } from './split.ts';

/** In the place of what was erased. */
export const erasedWord = '[erased]';

/** `lines`: of the run’s own part. An entry that was wholly a person’s who is erased is left out. */
export function joinEntries(lines: readonly Json[], fills: Fills): Entry[] {
  return lines.flatMap((line) => (isJsonObject(line) ? (joinEntry(line, fills) ?? []) : []));
}

/** null: the entry itself was a person's who is erased. `fills`: all parts of people that are still there, as one. */
function joinEntry(line: JsonObject, fills: Fills): Entry | null {
  const hole = line[holes.key];
  const own = hole === undefined ? line : findFill(fills, hole);
  if (!isJsonObject(own)) return null;
  const at = isJsonArray(own.at) ? own.at : [];
  return {
    file: String(line.file),
    at: at.map((step) => (typeof step === 'number' ? step : String(step))),
    value: fillHoles(own.value ?? null, fills),
  };
}

function findFill(fills: Fills, hole: Json): Json | undefined {
  return Object.hasOwn(fills, String(hole)) ? fills[String(hole)] : undefined;
}

function fillHoles(value: Json, fills: Fills): Json {
  if (typeof value === 'string') return fillText(value, fills);
  if (isJsonArray(value)) return value.map((each) => fillHoles(each, fills));
  if (!isJsonObject(value)) return value;
  const hole = value[holes.key];
  if (hole !== undefined) return fillHoles(findFill(fills, hole) ?? erasedWord, fills);
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => fillKey(key, inner, fills)));
}

function fillKey(key: string, inner: Json, fills: Fills): [string, Json][] {
  if (!/^\$\d+$/.test(key)) return [[key, fillHoles(inner, fills)]];
  const fill = findFill(fills, key.slice(1));
  return isJsonObject(fill) ? [[String(fill.key), fillHoles(fill.value ?? null, fills)]] : [];
}

function fillText(text: string, fills: Fills): string {
  return text.replace(holes.inText, (_, hole: string) => {
    if (hole === '') return '⟦';
    const fill = findFill(fills, hole);
    return typeof fill === 'string' ? fill : erasedWord;
  });
}

/** The value of one file, from all of its entries: a document, or the list of its lines. What is erased leaves no gap. */
export function buildDocument(entries: readonly Entry[]): Json {
  const [first] = entries;
  if (first === undefined) return null;
  if (first.at.length === 0) return first.value;
  const groups = new Map<string | number, Entry[]>();
  for (const entry of entries) {
    const [step = '', ...at] = entry.at;
    const group = groups.get(step) ?? [];
    groups.set(step, group);
    group.push({ ...entry, at });
  }
  const values = [...groups].map(([step, group]) => [String(step), buildDocument(group)] as const);
  return typeof first.at[0] === 'number' ? values.map(([, value]) => value) : Object.fromEntries(values);
}
