import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeMarkdown,
  escapeMarkdownWithIds,
  escapeTitle,
  formatCode,
  renderTableHead,
  renderTableRow,
} from './escape.ts';
import {
  findGitHubReferences,
  type RenderedNode,
  renderMarkdown,
  renderWithGitHubsParser,
} from './rendered-markdown.fixture.ts';

const hostile = [
  '@here',
  '@contoso/security',
  'ops@contoso.com',
  'mailto:a@b.co',
  'https://evil.example/x',
  'HTTP://EVIL.EXAMPLE',
  'ftp://a.b',
  '//cdn.example',
  'www.evil.example',
  'WWW.evil.example',
  'fixes #1',
  'closes GH-12',
  'owner/name#3',
  'JIRA-7',
  '6f6ad3a20f0e4b1c9f5e0c8a3a1d2b4e6f6ad3a2',
  'deadbeef',
  '|',
  '\\|',
  '\\',
  '\\\\|',
  '`',
  '``',
  '`a|b`',
  '\n',
  '\r\n\r\n# head',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<!-- -->',
  '</td>',
  '</details>',
  '&lt;',
  '&amp;',
  '&#124;',
  '![x](y)',
  '[a](javascript:b)',
  '[^1]',
  '[ ]',
  '<https://a.b>',
  '**',
  '__',
  '_',
  '*',
  '~~',
  '~',
  '$x$',
  '$$',
  '$`',
  ':tada:',
  ':+1:',
  '+1',
  '- ',
  '1. ',
  '1)',
  '> ',
  '=',
  '---',
  '#',
  '> [!NOTE]',
  '\u202E',
  '\u2066',
  '\u200F',
  '\u200B',
  'שלום',
  'مرحبا',
  '=cmd|x',
  '\u0000',
  '\uD800',
  '👩‍👩‍👧',
  'é',
] as const;
const name = fc
  .array(
    fc.oneof(
      fc.constantFrom(...hostile),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom(' ', 'Ana', '12'),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const head = renderTableHead([
  ['Person', 'left'],
  ['Account', 'left'],
  ['A month', 'right'],
]);

describe('a name in a table', () => {
  it('is nothing but text, in exactly its own cell', () => {
    fc.assert(
      fc.property(name, name, (first, second) => isInert(renderMarkdown(table(first, second)), first, second)),
      { numRuns: 300 },
    );
  });

  it.skipIf(renderWithGitHubsParser('') === null)('is nothing but text to GitHub’s own parser, too', () => {
    const many = fc.array(fc.tuple(name, name), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(many, (pairs) => {
        const rendered = renderWithGitHubsParser(pairs.map(([first, second]) => table(first, second)).join('\n'));
        const tables = [...(rendered?.querySelectorAll('table') ?? [])];
        expect(tables.length).toBe(pairs.length);
        for (const [index, [first, second]] of pairs.entries()) {
          const one = tables[index];
          if (one) isInert(one, first, second);
        }
      }),
      { numRuns: 6 },
    );
  });

  it('starts no list and no heading when a list item begins with it', () => {
    fc.assert(
      fc.property(name, (value) => {
        const document = renderMarkdown(`- ${escapeMarkdown(value)} waits`);
        expect(document.querySelectorAll('ul').length).toBe(1);
        expect(document.querySelectorAll('ol, h1, h2, blockquote, hr, pre, input, a, img').length).toBe(0);
      }),
    );
  });

  it.each(['Ana Reyes', 'O’Neil-Smith, Jr. (Sales)', 'José Ñuñez', '大介 田原'])('%s is written as it is', (value) => {
    expect(escapeMarkdown(value)).toBe(value);
  });

  it('is cut at its length with an ellipsis, never inside of a character', () => {
    expect(escapeMarkdown('👩‍👩‍👧'.repeat(50), 10)).toMatch(/^.{9}…$/u);
  });
});

describe('an identifier as code', () => {
  it('keeps a userPrincipalName with an apostrophe, a plus sign and capitals exact', () => {
    expect(formatCode("Mary.O'Neil+x@Contoso.com")).toBe("`Mary.O'Neil+x@Contoso.com`");
  });

  it('cannot leave its code span', () => {
    const document = renderMarkdown(table('Ana', '`x` | <b>y</b>'));
    expect(document.querySelectorAll('tbody td').length).toBe(3);
    expect(document.querySelector('tbody code')?.textContent).toBe('`x` | <b>y</b>');
  });
});

describe('a title', () => {
  it('closes no issue and mentions nobody', () => {
    fc.assert(
      fc.property(name, (value) => {
        expect(escapeTitle(value)).not.toMatch(/#\d|@[a-z0-9]|GH-\d|[\r\n]|:\/\//i);
      }),
    );
  });
});

function table(first: string, second: string): string {
  return `${head}\n${renderTableRow([escapeMarkdown(first), formatCode(second), '36'])}\n`;
}

function isInert(document: RenderedNode, first: string, second: string): void {
  expect(document.querySelectorAll('tbody tr').length).toBe(1);
  expect(document.querySelectorAll('tbody td').length).toBe(3);
  expect(
    [...document.querySelectorAll('*')].map(({ localName }) => localName).filter((tag) => !allowed.has(tag)),
  ).toEqual([]);
  expect(findGitHubReferences(document)).toEqual([]);
  const [shown, shownCode] = [...document.querySelectorAll('tbody td')].map((td) => visible(td.textContent ?? ''));
  expect(shown).toBe(expected(first));
  expect(shownCode).toBe(expected(second));
}

const allowed = new Set(['table', 'thead', 'tbody', 'tr', 'th', 'td', 'code']);

function visible(text: string): string {
  return text.replace(/[\u200B\u2068\u2069]/g, '').trim();
}

/** What a reader has to see of a value: all of it on one line, without invisible characters. */
function expected(value: string): string {
  const line = value
    .toWellFormed()
    .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
    .replace(/\p{Cc}|(?![\u200C\u200D])\p{Cf}|\u034F/gu, '')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= 80 ? line : `${characters.slice(0, 79).join('')}…`;
}

it('an id in a sentence can be copied, and a hostile one beside it is text', () => {
  const id = '5fd5e6b1-1a2b-4c3d-8e4f-00aa11bb22cc';
  expect(escapeMarkdownWithIds(`It failed (request-id ${id}), @all.`)).toBe(
    `It failed (request-id \`${id}\`), @\u200Ball.`,
  );
  expect(escapeMarkdownWithIds(`\uE000 ${id}`)).toBe(`\`${id}\``);
});
