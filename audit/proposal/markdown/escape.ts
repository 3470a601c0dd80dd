// Text of the tenant into GitHub's Markdown: whatever a name says, it stays text. Nothing of it links, mentions, closes, breaks a table or reorders.
// GitHub first renders Markdown and then looks through the rendered text for @names, #1, commit ids and links, so both passes are answered.

/** Longer values are cut with an ellipsis; a name is at most 256 in Entra, and a table has room for less. */
const longestText = 80;

/**
 * Text for a table cell or the middle of a line.
 * Markdown's own signs are escaped; what GitHub's later pass would pick up gets a zero width space in it.
 */
export function escapeMarkdown(value: string | number, longest = longestText): string {
  return wrapRightToLeft(
    breakReferences(truncateText(toSingleLine(String(value)), longest)).replace(special, escapeSign),
  );
}

/** As `escapeMarkdown`, but the ids in it are code, so that they can be copied: a support case is about one. */
export function escapeMarkdownWithIds(value: string, longest = longestText): string {
  const ids = value.match(guid) ?? [];
  const text = value.replaceAll(standIn, '').replaceAll(guid, standIn);
  let at = 0;
  return escapeMarkdown(text, longest).replaceAll(standIn, () => formatCode(ids[at++] ?? ''));
}

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** For private use: no text has it. */
const standIn = '\uE000';

/** An identifier as code, exact and ready to copy: GitHub neither links nor mentions inside of it. */
export function formatCode(value: string, longest = longestText): string {
  const text = truncateText(toSingleLine(value), longest);
  return plainCode.test(text) ? `\`${text}\`` : `<code>${escapeMarkdown(value, longest)}</code>`;
}

/** Text for a title or a commit message, which are no Markdown, but are looked through for mentions and issues all the same. */
export function escapeTitle(value: string, longest = longestText): string {
  return breakReferences(truncateText(toSingleLine(value), longest));
}

export type Alignment = 'left' | 'right';

/** The two lines above a table's rows. */
export function renderTableHead(
  columns: readonly (readonly [heading: string, alignment: Alignment])[],
): string {
  const rule = columns.map(([, alignment]) => (alignment === 'right' ? '--:' : '---'));
  return `${renderTableRow(columns.map(([heading]) => heading))}\n${renderTableRow(rule)}`;
}

/** One row; the cells are Markdown already. */
export function renderTableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Control characters, invisible ones and those that change the direction of what follows; joiners that scripts need stay. */
const invisible = /\p{Cc}|(?![\u200C\u200D])\p{Cf}|\u034F/gu;

function toSingleLine(value: string): string {
  return value
    .toWellFormed()
    .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
    .replace(invisible, '')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
}

function truncateText(value: string, longest: number): string {
  const characters = [...value];
  return characters.length <= longest ? value : `${characters.slice(0, longest - 1).join('')}…`;
}

const breakHere = '\u200B';

/**
 * Breaks every sequence that GitHub or its Markdown turns into something: @name and mail addresses, #1 and :emoji:, scheme://,
 * www., GH-1 and a repository's own PREFIX-1, owner/name@commit, and runs that could be a commit id.
 */
function breakReferences(value: string): string {
  return value
    .replace(/[@#:](?=\S)/g, `$&${breakHere}`)
    .replace(/\/(?=\/)/g, `/${breakHere}`)
    .replace(/w(?=w\.)/gi, `$&${breakHere}`)
    .replace(/([-_=+/])(?=\d)/g, `$1${breakHere}`)
    .replace(/[0-9a-f]{7,}/gi, (run) => run.replace(/.{6}(?=.)/g, `$&${breakHere}`));
}

const special = /[\\`*_{}[\]()<>&|~$!^"'=+\-.#]/g;

/** Entities where GitHub's table or math parser would look at a backslash differently than its text parser does. */
function escapeSign(sign: string, at: number, text: string): string {
  if ('<>&|`"$\\'.includes(sign)) return `&#${sign.charCodeAt(0)};`;
  const harmlessInside = "'()-.+=!^{}#".includes(sign) && at > 0 && !/^\d+[.)]/.test(text.slice(0, at + 1));
  return harmlessInside ? sign : `\\${sign}`;
}

/** Right-to-left text is set apart, so that it does not pull the words beside it along. */
function wrapRightToLeft(value: string): string {
  return /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u.test(value)
    ? `\u2068${value}\u2069`
    : value;
}

/** What needs no thought at all inside of backticks, and is nothing that a table could break on. */
const plainCode =
  /^[\p{Script=Latin}\p{Nd}@._'+#/:()-](?:[\p{Script=Latin}\p{Nd}@._'+#/:(), -]*[\p{Script=Latin}\p{Nd}@._'+#/:()-])?$/u;
