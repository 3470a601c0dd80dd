// The parts of YAML that are refused: a reviewer must be able to read a file's meaning from its lines. Pure.
import { type CST, type Document, isAlias, isMap, isNode, type Node, visit } from 'yaml';

export interface YamlRefusal {
  offset: number;
  message: string;
}

/** An account file is 6 levels deep. Composing recurses, so deeper nesting must be found before. */
const maxDepth = 20;

/** What is refused before it is composed: directives, a second document, deep nesting. */
export function listRefusedTokens(tokens: readonly CST.Token[]): YamlRefusal[] {
  const directives = tokens.filter(({ type }) => type === 'directive');
  const [, ...furtherDocuments] = tokens.filter(({ type }) => type === 'document');
  return [
    // %YAML 1.1 turns dates into times and `no` into false.
    ...directives.map(({ offset }) => ({ offset, message: 'a directive is not allowed here; take it out' })),
    ...furtherDocuments.map(({ offset }) => ({
      offset,
      message: 'a second document starts here; a file holds one',
    })),
    ...findTooDeep(tokens),
  ];
}

/** Anchors, aliases, tags and duplicate keys, although they are YAML. A merge key is a key like any other. */
export function listRefusedNodes(document: Document): YamlRefusal[] {
  const refusals: YamlRefusal[] = [];
  visit(document, (_key, node) => {
    if (isMap(node)) refusals.push(...listDuplicateKeys(node.items));
    const found = isNode(node) ? describeMisleading(node) : null;
    if (found === null || !isNode(node)) return;
    const message = `${found} is not allowed here; write the value out`;
    refusals.push({ offset: node.range?.[0] ?? 0, message });
  });
  return refusals;
}

function findTooDeep(tokens: readonly CST.Token[]): YamlRefusal[] {
  const open = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const depth = next.depth + 1;
    if (depth > maxDepth)
      return [{ offset: next.token.offset, message: `nests deeper than the ${maxDepth} levels allowed` }];
    for (const token of listChildren(next.token)) open.push({ token, depth });
  }
  return [];
}

function listChildren(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [...(key ? [key] : []), ...(value ? [value] : [])]);
}

function listDuplicateKeys(items: readonly { key: unknown }[]): YamlRefusal[] {
  const seen = new Set<string>();
  return items.flatMap(({ key }) => {
    const name = String(key);
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
    return [{ offset, message: `the key "${name}" is here twice; keep one` }];
  });
}

function describeMisleading(node: Node): string | null {
  if (isAlias(node)) return 'an alias';
  if ('anchor' in node && node.anchor) return 'an anchor';
  return node.tag ? `the tag ${node.tag}` : null;
}
