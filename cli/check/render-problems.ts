// The check's comment: each problem with its place. Where names are hidden, a file about people is a link to it, and what its sentence
// quotes stays out.

import { escapeMarkdown, formatCode } from '../../forge/markdown/escape.ts';
import { buildFileAnchor, dropFileLinks, resolveFileLinks } from '../../forge/markdown/file-link.ts';
import { errorCodes } from '../../policy/error-codes.ts';
import type { Problem } from '../../policy/errors.ts';
import { locatePage } from '../../policy/words/locate-page.ts';
import { findPeopleFolder, quotesPeople, redactNames } from '../../policy/words/redact-names.ts';
import type { HidingStyle } from '../../policy/words/show-name.ts';

interface Shown {
  /** null: names are shown. */
  style: HidingStyle | null;
  /** The address of the pull request; absent: files are no links. */
  pullUrl?: string;
}

export function renderProblems(problems: readonly Problem[], { style, pullUrl }: Shown): string {
  if (problems.length === 0) return '### `dormant check`: no problems any more';
  const lines = problems.map(style === null ? renderProblem : renderNameless);
  const head = `### \`dormant check\`: ${formatProblemCount(problems)}`;
  const more = style === null ? '' : ' `dormant check` on your own machine says what is wrong with each, with names.';
  const text = `${head}\n\nMerging is blocked until there is none. Each code is explained in ${locatePage('reference/errors.md')}.${more}\n\n${lines.join('\n')}`;
  return pullUrl === undefined ? dropFileLinks(text) : resolveFileLinks(text, pullUrl);
}

export function formatProblemCount({ length }: readonly Problem[]): string {
  return length === 1 ? '1 problem' : `${length} problems`;
}

/** Longer than the longest sentence of a problem. */
const longestMessage = 1_000;

function renderProblem({ path, line, column, code, message }: Problem): string {
  return `- ${formatCode(path, longestMessage)}, line ${line}, column ${column}: ${escapeMarkdown(message, longestMessage)} (\`${code}\`)`;
}

function renderNameless({ path, line, column, code, message }: Problem): string {
  const folder = findPeopleFolder(path);
  const place = formatCode(folder === null ? path : `${folder}(a file)`, longestMessage);
  const link = folder === null ? place : `[${place}](${buildFileAnchor(path)}R${line})`;
  const words = quotesPeople(path) ? errorCodes[code].when : redactNames(message);
  return `- ${link}, line ${line}, column ${column}: ${escapeMarkdown(words, longestMessage)} (\`${code}\`)`;
}
