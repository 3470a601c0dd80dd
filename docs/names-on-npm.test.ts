// What people type leads to our packages: on npm `dormant` is somebody else's (docs/decisions/0036-packages-have-a-scope.md).
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { renderTeamReadme } from '../cli/new-repository/render-files.ts';
import { teamFiles } from '../cli/new-repository/team-files.ts';
import { readDocument } from '../tools/markdown-document.fixture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const exclude = (name: string) => ['node_modules', 'out', '.git'].includes(name);
/** Decisions speak about names, and so does this file. */
const list = (pattern: string) =>
  globSync(pattern, { cwd: root, exclude }).filter((path) => !/^docs\/(decisions\/|names-on-npm)/.test(path));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** A page of the documentation, or one that is written into a team's repository. */
const pages: (readonly [string, string])[] = [
  ...list('{*,docs/**/*,emulator/*,cli/create/*}.md').map((path) => [path, read(path)] as const),
  ['README.md of a team', renderTeamReadme('dormant-contoso', teamFiles)],
];
const others = list('{**/*,.github/**/*,cli/new-repository/templates/*}').filter((path) =>
  /\.(ts|js|cjs|ya?ml)$/.test(path),
);

const asks =
  /\b(?:npx|bunx|(?:npm|pnpm|yarn) (?:i|install|add|create|init|exec|x|dlx|link|view))((?: -\S+)*) (@?[a-z][\w./-]*)/g;

/** Packages that npm is asked for and that are not ours by their scope. `npx dormant` is left to the rule below. */
function findForeign(text: string): string[] {
  const named = [...text.matchAll(asks)].filter(
    ([asked, , name = '']) => /^(create-)?dormant/.test(name) && asked !== 'npx dormant',
  );
  return [
    ...named.map(([asked]) => asked),
    ...(text.match(/\bnpm link\b|\bfrom '(?:create-)?dormant[^']*'|npmjs\.com\/package\/dormant\S*/g) ?? []),
  ];
}

/** Where `npx dormant` stands above the first `npm ci` of its page: before it, npx would ask npm for that name. */
function findTooEarly(text: string): string[] {
  const installed = text.indexOf('npm ci');
  const [above = ''] = installed === -1 ? [text] : [text.slice(0, installed)];
  return above.match(/.*\bnpx dormant\b.*/g) ?? [];
}

test.each([
  'npx dormant-emulator --users 200',
  'npm install dormant',
  'npm i -g dormant',
  'npm install --save-dev dormant-emulator',
  'npm create dormant',
  'npm exec --yes dormant check',
  'npm link',
  'npx --yes dormant init',
  "import { startEmulator } from 'dormant-emulator';",
])('this would be found: %s', (line) => {
  expect(findForeign(line)).not.toEqual([]);
});

test.each([
  'npx @dormant-m365/dormant init --new dormant-contoso',
  'npm create @dormant-m365 dormant-contoso',
  'npx --package node@24 --package @dormant-m365/dormant dormant',
  'npm install --save-dev --save-exact @dormant-m365/emulator@0.1.0',
])('this asks for ours: %s', (line) => {
  expect(findForeign(line)).toEqual([]);
});

test('nothing asks npm for a package by the bare name', () => {
  expect(pages.length).toBeGreaterThan(25);
  expect(others.length).toBeGreaterThan(900);
  const texts = [...pages, ...others.map((path) => [path, read(path)] as const)];
  expect(texts.flatMap(([path, text]) => findForeign(text).map((found) => `${path}: ${found}`))).toEqual([]);
});

test('`npx dormant` stands only below an `npm ci` of the same page: there it is installed, and above it the whole name is used', () => {
  expect(findTooEarly('run `npx dormant`\n\nnpm ci\nnpx dormant check')).toEqual(['run `npx dormant`']);
  expect(pages.flatMap(([path, text]) => findTooEarly(text).map((line) => `${path}: ${line}`))).toEqual([]);
});

test('a message has `npx dormant` from nameProgram alone, which knows whether it is installed where the message is read', () => {
  const sources = list('{audit,bootstrap,cli,forge,graph,policy,stacks}/**/*.ts').filter(
    (path) => !/\.(test|fixture)\.ts$|^cli\/(new-repository\/|installed-folder)/.test(path),
  );
  expect(sources.length).toBeGreaterThan(400);
  expect(sources.filter((path) => /npx (@dormant-m365\/)?dormant /.test(read(path)))).toEqual([]);
});

test('a line that is to be copied begins with npx; only the reference shows commands by their name alone', () => {
  const bare = list('{README,CONTRIBUTING,SECURITY,docs/**/*}.md')
    .filter((path) => path !== 'docs/reference/commands.md')
    .flatMap((path) => readDocument(join(root, path)).fences.map(({ text }) => [path, text] as const))
    .flatMap(([path, text]) =>
      text
        .split(/\n|&&|\||;|\(/)
        .filter((line) => /^\s*(?:\$ )?(?:[A-Z_]+=\S+ )*dormant [a-z]/.test(line))
        .map((line) => `${path}: ${line}`),
    );
  expect(bare).toEqual([]);
});
