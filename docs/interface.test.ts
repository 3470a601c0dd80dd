// The page of what a version promises has all of it: nothing that others could rely on is left out, and nothing that is gone stays.
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkContext } from '../cli/check/publish-check.ts';
import { exitCodes } from '../cli/manual.ts';
import { renderPulumiFile, renderTeamManifest } from '../cli/new-repository/render-files.ts';
import { teamFiles } from '../cli/new-repository/team-files.ts';
import { schemas } from '../policy/schemas/file-kinds.ts';
import { packages } from '../tools/package/package-contents.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const page = read('docs/interface.md');
const [promised = '', notPromised = ''] = page.split('## What is not\n');
const manifest = JSON.parse(read('package.json'));

/** The words in backticks of the paragraph, or the table, that comes after what is in bold. */
function readWords(title: string): string[] {
  const [, rest = ''] = promised.split(`**${title}**`);
  const [part = ''] = rest.split(/\n\*\*|\n## /);
  return [...part.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
}

/** The cells of the table after what is in bold, without its heading. */
function readRows(title: string): string[][] {
  const [, rest = ''] = promised.split(`**${title}**`);
  const [part = ''] = rest.split(/\n\*\*|\n## /);
  const rows = part.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the packages that come out under one version are those that are built, and have one', () => {
  for (const [name, { folder }] of Object.entries(packages)) {
    const { name: full, version } = JSON.parse(read(`${folder === '' ? '.' : folder}/package.json`));
    expect(full).toBe(`@dormant-m365/${name}`);
    expect(page).toContain(`\`${full}\``);
    expect([full, version]).toEqual([full, manifest.version]);
  }
});

test('each exit code has its meaning', () => {
  expect(readRows('Exit codes')).toEqual(Object.entries(exitCodes));
});

test('each kind of file has its page and its schema', () => {
  const rows = readRows('Files that people write or review').map(([, fields, schema]) => [fields, schema]);
  expect(rows.sort()).toEqual(
    Object.keys(schemas)
      .map((kind) => [`[${kind}](reference/${kind}.md)`, `\`policy/schemas/${kind}.schema.json\``])
      .sort(),
  );
});

test('each command that prints a document for --json is named, and no other', () => {
  const commands = globSync('cli/commands/*.ts').filter((path) => !path.endsWith('.test.ts'));
  const printing = commands.filter((path) => read(path).includes('printJson('));
  const named = readWords('The document that `--json` prints').filter((word) => !/^(--json|dormant)$/.test(word));
  expect(named.map((name) => name.replace(/ .*/, '')).sort()).toEqual(
    printing.map((path) => basename(path, '.ts')).sort(),
  );
});

test('each file in out/ is either for machines and auditors, or is not promised', () => {
  const sources = [
    'audit/write-results.ts',
    'audit/report/csv.ts',
    'audit/report/json.ts',
    'stacks/record/apply-record.ts',
  ];
  const names = sources.flatMap((path) =>
    [...read(path).matchAll(/'([\w-]+\.(csv|json|md|html))'/g)].map(([, name]) => name),
  );
  const words = readWords('Files for machines and auditors');
  for (const name of new Set(names)) {
    const isForPeople = /\.(md|html)$/.test(name ?? '') || name === 'proposal.json';
    expect([name, words.includes(name ?? '')]).toEqual([name, !isForPeople]);
  }
  for (const word of ['report.html', 'proposal.json']) expect(notPromised).toContain(`\`${word}\``);
});

test('each name of the package is there, and each file of it that a team’s repository names', () => {
  const names = readRows('The package').map(([name = '']) => name.replaceAll('`', ''));
  const paths = Object.keys(manifest.exports).map((path) => path.replace(/^\./, manifest.name));
  expect(names.sort()).toEqual(paths.sort());
  expect(Object.keys(manifest.bin)).toEqual(['dormant']);
  const team = renderTeamManifest('contoso', '0.1.0') + renderPulumiFile();
  const words = readWords('The package');
  for (const [path] of team.matchAll(/(?<=node_modules\/@dormant-m365\/dormant\/)[\w./-]+/g))
    expect(words).toEqual(expect.arrayContaining(path.split('/')));
});

test('each workflow of a team is there with its inputs, secrets and variables', () => {
  const files = teamFiles.flatMap(({ from = '' }) => (from.startsWith('.github/workflows/') ? [from] : []));
  const rows = files.map((path) => {
    const inputs = Object.keys(parse(read(path)).on.workflow_dispatch?.inputs ?? {});
    return [`\`${basename(path)}\``, inputs.map((name) => `\`${name}\``).join(', ')];
  });
  expect(readRows('The workflows of a team')).toEqual(rows.sort());
  const named = files.flatMap((path) => read(path).match(/\b(?:secrets|vars)\.\w+/g) ?? []);
  const words = readWords('The workflows of a team');
  for (const name of new Set(named)) expect(words).toContain(name.replace(/^\w+\./, ''));
  expect(words).toContain(checkContext);
});
