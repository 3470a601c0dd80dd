// No text promises more than can be given back: what Dormant takes it can give back, what Microsoft's clocks take nobody can.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { renderPullRequestBody } from '../audit/proposal/markdown/body.ts';
import { anAudit } from '../audit/report/audit.fixture.ts';
import { aCompany } from '../audit/report/company.fixture.ts';
import { renderHtmlReport } from '../audit/report/html.ts';
import { addCompletion } from '../cli/completion.ts';
import { createProgram } from '../cli/program.ts';
import { aPolicy } from '../policy/policy.fixture.ts';
import { givesBackWords, microsoftClocks } from '../policy/words/describe-clocks.ts';
import { buildLetter } from '../stacks/notice/letter.ts';
import { renderMessage } from '../stacks/notice/message.ts';
import { aNotice } from '../stacks/notice/notice.fixture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** What is not true for as long as Microsoft deletes what no licence carries. */
const tooMuch: readonly RegExp[] = [
  /\b(?:everything|all of it|all that (?:is|was) taken)\b[^.,;|\n]{0,40}\b(?:back|restored|undone|reversed|undo)\b/gi,
  /\b(?:gives?|given|giving|gets?|have|has) (?:them |it )?back (?:everything|all(?! the same)|what (?:it|they|she|he|the account) (?:had|have|has))\b/gi,
  /\bhave back what (?:it|they|she|he) had\b/gi,
  /\bnothing (?:is|was|gets|will be) (?:ever )?(?:deleted|lost)\b/gi,
  /\b(?:fully|completely|always) (?:reversible|restored|undone)\b/gi,
  /\bcan (?:always )?be (?:undone|reversed)\b/gi,
  /\b(?:mailbox|files|data) (?:is|are) safe\b/gi,
];

function promisesIn(text: string): string[] {
  return tooMuch.flatMap((pattern) => text.match(pattern) ?? []);
}

const texts = globSync('**/*.{ts,js,md,yaml,yml,json}', {
  cwd: root,
  exclude: (name) => ['node_modules', 'out', '.git'].includes(name),
}).filter((path) => !/\.test\.ts$|package-lock\.json$/.test(path));

test.each([
  'Nothing is deleted, and everything that is taken can be given back.',
  'Nothing is ever deleted.',
  'Merging it gives back what the account had.',
  'Somebody is missed and gets everything back.',
  'All that is taken can be undone.',
  'a merge, and they have back what they had',
  'Take a licence before the mailbox is safe',
])('this promise would be found: %s', (sentence) => {
  expect(promisesIn(sentence)).not.toEqual([]);
});

test('no file of the product, its documentation or its settings promises more than can be given back', () => {
  expect(texts.length).toBeGreaterThan(400);
  const found = texts.flatMap((path) => promisesIn(read(path)).map((promise) => `${path}: ${promise}`));
  expect(found).toEqual([]);
});

describe('says where the promise ends', () => {
  const audit = anAudit({ people: aCompany(300) });
  const context = {
    today: '2026-12-07',
    timeZone: 'Europe/Berlin',
    stages: aPolicy().stages,
    uncounted: [],
    replyTo: 'it@contoso.com',
    repositoryUrl: null,
  };
  const letter = buildLetter(aNotice(), { address: 'lee.park@contoso.com', because: null }, context);

  test.each([
    ['the pull request', () => renderPullRequestBody(audit)],
    ['the report', () => renderHtmlReport(audit)],
    ['the mail to a manager, as text', () => renderMessage(letter).text],
    ['the mail to a manager, as HTML', () => renderMessage(letter).html],
  ])('%s', (_, render) => {
    const text = render();
    expect(promisesIn(text)).toEqual([]);
    expect(text).toContain(givesBackWords);
  });

  test('the help of every command', async () => {
    const program = await createProgram();
    await addCompletion(program);
    const help = program.commands.map((command) => command.helpInformation()).join('\n');
    expect(promisesIn(help)).toEqual([]);
  });
});

test('the page of Microsoft’s clocks has each of them as the product says it', () => {
  const page = read('docs/guides/microsofts-clocks.md');
  for (const { what, when, dormant } of microsoftClocks)
    expect(page).toMatch(new RegExp(`\\| \\*\\*${what}\\*\\* \\| ${escaped(when)} \\| ${escaped(dormant)} \\|`, 'i'));
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
