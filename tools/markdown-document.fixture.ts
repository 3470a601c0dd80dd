// The links, anchors and code of a Markdown document, for the test of the documentation.
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

export interface Fence {
  /** Empty for a block that is only indented. */
  language: string;
  text: string;
}

export interface MarkdownDocument {
  /** Of links and pictures, as written. */
  targets: string[];
  /** The possible targets of `#…`. */
  anchors: ReadonlySet<string>;
  fences: Fence[];
  /** Code within a sentence or a table. */
  words: string[];
  /** All of the two, in the order of the page; `language` null: within a sentence or a table. */
  code: { language: string | null; text: string }[];
}

export function readDocument(path: string): MarkdownDocument {
  const html = micromark(readFileSync(path, 'utf8'), {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
  });
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  const selectAll = (selector: string) => [...document.querySelectorAll(selector)];
  const code = selectAll('code').map((each) => ({
    language:
      each.parentElement?.tagName === 'PRE'
        ? (/language-(\S+)/.exec(each.getAttribute('class') ?? '')?.[1] ?? '')
        : null,
    text: each.textContent ?? '',
  }));
  return {
    targets: [
      ...selectAll('a[href]').map((link) => link.getAttribute('href') ?? ''),
      ...selectAll('img[src], source[srcset]').map(
        (picture) => picture.getAttribute('src') ?? picture.getAttribute('srcset') ?? '',
      ),
    ],
    anchors: listAnchors(selectAll('h1, h2, h3, h4, h5, h6').map((heading) => heading.textContent ?? '')),
    fences: code.flatMap(({ language, text }) => (language === null ? [] : [{ language, text }])),
    words: code.flatMap(({ language, text }) => (language === null ? [text] : [])),
    code,
  };
}

/** As GitHub makes them: https://github.com/gjtorikian/html-pipeline, table of contents filter. */
function listAnchors(headings: readonly string[]): Set<string> {
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
