// One block at the top of a YAML file, written anew while every byte outside of it stays. Pure.
import { Document, isMap, isNode, type Pair, YAMLMap } from 'yaml';

/** Where a block stands in the text, as offsets. */
interface BlockPlace {
  start: number;
  end: number;
}

export function findTopPair({ contents }: Document, key: string): Pair | undefined {
  return isMap(contents) ? contents.items.find((pair) => String(pair.key) === key) : undefined;
}

/** To be asked before the document is edited. null: the file has no such block. */
export function findBlock(document: Document, key: string): BlockPlace | null {
  const { key: name, value } = findTopPair(document, key) ?? {};
  return isNode(name) && isNode(value) && name.range && value.range
    ? { start: name.range[0], end: value.range[2] }
    : null;
}

/** `place` null: it comes to the end, under `heading`. `pair` null: it goes. */
export function replaceBlock(text: string, place: BlockPlace | null, pair: Pair | null, heading = ''): string {
  const { start, end } = place ?? { start: text.length, end: text.length };
  const written = pair === null ? '' : (place === null ? heading : '') + writePair(pair);
  const lines = text.includes('\r\n') ? written.replaceAll('\n', '\r\n') : written;
  const gap = text === '' || text.slice(0, start).endsWith('\n') ? '' : '\n';
  return `${text.slice(0, start)}${gap}${lines}${text.slice(end)}`;
}

/** What stands above the block stays where it is, and so is not written again. */
function writePair(pair: Pair): string {
  if (isNode(pair.key)) pair.key.commentBefore = null;
  const block = new Document(new YAMLMap());
  if (isMap(block.contents)) block.contents.items.push(pair);
  return block.toString({ lineWidth: 0 });
}
