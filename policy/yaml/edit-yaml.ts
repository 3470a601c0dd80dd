// Edits a parsed YAML document so that what people wrote survives: comments, order, quoting. Pure.
import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';

/**
 * Sets what differs from `after`, and returns whether anything did. A new key goes behind its predecessor in `after`; a
 * list keeps remaining items with their comments.
 */
export function editDocument(document: Document, after: Record<string, unknown>): boolean {
  return isMap(document.contents) && editMap(document, document.contents, after);
}

/** Equal as YAML: the order of keys does not count, that of items does. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSameValue(item, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && isSameValue(a[key], b[key]));
}

/** Writes a value on one line, so that a line of the diff is one fact, even where a name has a line break. */
export function putOnOneLine<T extends Node>(node: T): T {
  visit(node, {
    Scalar: (_key, scalar) => quoteBreaks(scalar),
    Collection: (_key, collection) => {
      collection.flow = true;
    },
  });
  return node;
}

function editMap(document: Document, map: YAMLMap, after: Record<string, unknown>): boolean {
  const gone = map.items.filter((pair) => !(getKey(pair) in after));
  for (const pair of gone) removePair(map, pair);
  let changed = gone.length > 0;
  let place = 0;
  for (const [key, value] of Object.entries(after)) {
    const index = map.items.findIndex((pair) => getKey(pair) === key);
    const pair = map.items[index];
    if (pair === undefined) map.items.splice(place, 0, document.createPair(key, createOneLineNode(document, value)));
    changed = pair === undefined || editPair(document, pair, value) || changed;
    place = pair === undefined ? place + 1 : index + 1;
  }
  return changed;
}

function getKey({ key }: Pair): string {
  return String(key);
}

/** A comment above a removed key may be about the file: it moves to the next key. */
function removePair(map: YAMLMap, pair: Pair): void {
  const index = map.items.indexOf(pair);
  const next = map.items[index + 1];
  if (isNode(pair.key) && isNode(next?.key)) {
    const comments = [pair.key.commentBefore, next.key.commentBefore];
    const kept = comments.filter((comment) => typeof comment === 'string');
    if (kept.length > 0) next.key.commentBefore = kept.join('\n');
  }
  map.items.splice(index, 1);
}

function editPair(document: Document, pair: Pair, after: unknown): boolean {
  const node = pair.value;
  if (isMap(node) && isRecord(after)) return editMap(document, node, after);
  const before: unknown = isNode(node) ? node.toJS(document) : null;
  if (isSameValue(before, after)) return false;
  const isPlain = typeof after !== 'object' || after === null;
  if (isScalar(node) && isPlain) {
    node.value = after;
    quoteBreaks(node);
  } else if (isSeq(node) && Array.isArray(after)) {
    node.items = after.map((value) => takeItem(document, node.items, value) ?? createOneLineNode(document, value));
  } else {
    pair.value = copyComments(createOneLineNode(document, after), node);
  }
  return true;
}

/** Takes the first item that already says `value` out of `items`. */
function takeItem(document: Document, items: unknown[], value: unknown): unknown {
  const index = items.findIndex((item) => isNode(item) && isSameValue(item.toJS(document), value));
  return index < 0 ? undefined : items.splice(index, 1)[0];
}

function createOneLineNode(document: Document, value: unknown): Node {
  return putOnOneLine(document.createNode(value));
}

function quoteBreaks(scalar: Scalar): void {
  if (typeof scalar.value === 'string' && /[\n\r]/.test(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
}

function copyComments(node: Node, old: unknown): Node {
  if (!isNode(old)) return node;
  node.commentBefore = old.commentBefore ?? null;
  node.comment = old.comment ?? null;
  return node;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
