// A graph of imports as Mermaid, which GitHub draws. Pure.
import type { Arrow, ImportGraph } from './import-graph.ts';

/**
 * Dotted for less than 10 imports, thick from 50 on: a number at each arrow would change with every commit, and tell no more.
 */
export function renderDrawing({ rooms, arrows }: ImportGraph): string {
  // `graph` and `end` are words of Mermaid's own, so no id is a bare name.
  const ids = new Map(rooms.map((room, at) => [room, `f${at}`]));
  const nodes = rooms.map((room) => `  ${ids.get(room)}["${room}/"]`);
  const lines = arrows.map((arrow) => `  ${ids.get(arrow.from)} ${chooseLine(arrow)} ${ids.get(arrow.to)}`);
  return ['```mermaid', 'flowchart TD', ...nodes, ...lines, '```'].join('\n');
}

function chooseLine({ imports }: Arrow): string {
  if (imports < 10) return '-.->';
  return imports < 50 ? '-->' : '==>';
}
