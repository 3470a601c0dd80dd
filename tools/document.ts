// A Markdown document as a reader meets it: its links, its headings' anchors, its code. For the test of the documentation.
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

export interface Fence {
  /** Empty for a block that is only indented. */
  language: string;
  text: string;
}

export interface Document {
  /** Where links and pictures go, as they are written. */
  targets: string[];
  /** What a link's `#…` can name. */
  anchors: ReadonlySet<string>;
  fences: Fence[];
  /** Code within a sentence or a table. */
  words: string[];
}

export function readDocument(path: string): Document {
  const html = micromark(readFileSync(path, 'utf8'), {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
  });
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  return {
    targets: [
      ...all('a[href]').map((link) => link.getAttribute('href') ?? ''),
      ...all('img[src], source[srcset]').map(
        (picture) => picture.getAttribute('src') ?? picture.getAttribute('srcset') ?? '',
      ),
    ],
    anchors: anchorsOf(all('h1, h2, h3, h4, h5, h6').map((heading) => heading.textContent ?? '')),
    fences: all('pre > code').map((code) => ({
      language: /language-(\S+)/.exec(code.getAttribute('class') ?? '')?.[1] ?? '',
      text: code.textContent ?? '',
    })),
    words: all('code')
      .filter((code) => code.parentElement?.tagName !== 'PRE')
      .map((code) => code.textContent ?? ''),
  };
}

/** As GitHub makes them: https://github.com/gjtorikian/html-pipeline, table of contents filter. */
function anchorsOf(headings: readonly string[]): Set<string> {
  const anchors = new Set<string>();
  for (const heading of headings) {
    const slug = heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let again = 1; anchors.has(anchor); again++) anchor = `${slug}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}
