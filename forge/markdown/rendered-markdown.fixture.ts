// Test support: Markdown as GitHub shows it, in two passes: GFM to HTML, then GitHub's search through the text of that HTML.
import { spawnSync } from 'node:child_process';
import { parseHTML } from 'linkedom';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** The part of the DOM that tests look at; the project is compiled without a browser's types. */
export interface RenderedNode {
  readonly localName: string;
  readonly nodeName: string;
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly childNodes: Iterable<RenderedNode>;
  querySelector(selector: string): RenderedNode | null;
  querySelectorAll(selector: string): Iterable<RenderedNode> & { readonly length: number };
}

/** GFM by micromark, with raw HTML, as GitHub has it before it sanitises. */
export function renderMarkdown(markdown: string): RenderedNode {
  return parseBody(micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true }));
}

/** The same by cmark-gfm, GitHub's own parser; null if the machine does not have it. */
export function renderWithGitHubsParser(markdown: string): RenderedNode | null {
  const extensions = ['table', 'autolink', 'strikethrough', 'tagfilter', 'tasklist'].flatMap((name) => ['-e', name]);
  const run = spawnSync('cmark-gfm', ['--unsafe', ...extensions], { input: markdown, encoding: 'utf8' });
  return run.error !== undefined || run.status !== 0 ? null : parseBody(run.stdout);
}

/** Text that GitHub would turn into a link, a mention, an emoji or a closed issue. */
export function findGitHubReferences(rendered: RenderedNode): string[] {
  return listTextNodes(rendered).flatMap((text) => secondPass.flatMap((pattern) => text.match(pattern) ?? []));
}

/** As github.com finds them in text outside of code and links; the patterns are at least as greedy as its own. */
const secondPass: readonly RegExp[] = [
  /(?<![\p{L}\p{N}_])@[a-z0-9][a-z0-9-]*(?:\/[a-z0-9_.-]+)?/giu,
  /#\d+/g,
  /\b[a-z]{2,}-\d+/gi,
  /\b[0-9a-f]{7,40}\b/gi,
  /\b(?:https?|ftp):\/\/\S+/gi,
  /\bwww\.\S+/gi,
  /[\w.+-]+@[\w-]+\.\w+/g,
  /:[a-z0-9_+-]+:/gi,
];

function listTextNodes(node: RenderedNode): string[] {
  if (node.nodeType === 3) return [node.textContent ?? ''];
  if (['CODE', 'PRE', 'A', 'TT'].includes(node.nodeName)) return [];
  return [...node.childNodes].flatMap(listTextNodes);
}

function parseBody(html: string): RenderedNode {
  return parseHTML(`<!doctype html><html><body>${html}</body></html>`).document.body;
}
