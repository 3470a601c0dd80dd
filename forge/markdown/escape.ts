// The tenant's text in GitHub's Markdown: it must not link, mention, close an issue, break a table or reorder text.
// GitHub renders Markdown, then searches the result for @names, #1, commit ids and links; both passes have to find nothing.

/** Longer values end with an ellipsis; a name has at most 256 characters in Entra, and a table less room. */
const longestText = 80;

/**
 * Text for a table cell or the middle of a line.
 * Markdown's characters are escaped; what GitHub's second pass would find gets a zero width space.
 */
export function escapeMarkdown(value: string | number, longest = longestText): string {
  return wrapRightToLeft(
    breakReferences(truncateText(toSingleLine(String(value)), longest)).replace(special, escapeSign),
  );
}

/** As `escapeMarkdown`, but ids are code, so that they can be copied for a support case. */
export function escapeMarkdownWithIds(value: string, longest = longestText): string {
  const ids = value.match(guid) ?? [];
  const text = value.replaceAll(standIn, '').replaceAll(guid, standIn);
  let at = 0;
  return escapeMarkdown(text, longest).replaceAll(standIn, () => formatCode(ids[at++] ?? ''));
}

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** From the private use area: no text contains it. */
const standIn = '\uE000';

/** An identifier as code, exact for copying: GitHub finds no links and mentions in code. */
export function formatCode(value: string, longest = longestText): string {
  const text = truncateText(toSingleLine(value), longest);
  return plainCode.test(text) ? `\`${text}\`` : `<code>${escapeMarkdown(value, longest)}</code>`;
}

/** Text for a title or a commit message: not Markdown, but searched for mentions and issues all the same. */
export function escapeTitle(value: string, longest = longestText): string {
  return breakReferences(truncateText(toSingleLine(value), longest));
}

type Alignment = 'left' | 'right';

/** The two lines above a table's rows. */
export function renderTableHead(columns: readonly (readonly [heading: string, alignment: Alignment])[]): string {
  const rule = columns.map(([, alignment]) => (alignment === 'right' ? '--:' : '---'));
  return `${renderTableRow(columns.map(([heading]) => heading))}\n${renderTableRow(rule)}`;
}

/** The cells are Markdown already. */
export function renderTableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Control and invisible characters and those that change the text direction, without joiners that scripts need. */
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
 * Breaks every sequence that GitHub or its Markdown turns into something: @name and mail addresses, #1 and :emoji:,
 * scheme://, www., GH-1 and a repository's own PREFIX-1, owner/name@commit, and runs that could be a commit id.
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

/** Entities where GitHub's table or math parser treats a backslash differently from its text parser. */
function escapeSign(sign: string, at: number, text: string): string {
  if ('<>&|`"$\\'.includes(sign)) return `&#${sign.charCodeAt(0)};`;
  const harmlessInside = "'()-.+=!^{}#".includes(sign) && at > 0 && !/^\d+[.)]/.test(text.slice(0, at + 1));
  return harmlessInside ? sign : `\\${sign}`;
}

/** Isolates right-to-left text, so that it does not reorder the words beside it. */
function wrapRightToLeft(value: string): string {
  return /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u.test(value)
    ? `\u2068${value}\u2069`
    : value;
}

/** Text that is safe in backticks and cannot break a table. */
const plainCode =
  /^[\p{Script=Latin}\p{Nd}@._'+#/:()-](?:[\p{Script=Latin}\p{Nd}@._'+#/:(), -]*[\p{Script=Latin}\p{Nd}@._'+#/:()-])?$/u;
