import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findUnpinnedActions } from '../../tools/pinned-actions.ts';
import { renderBootstrapFile, renderPulumiFile, renderTeamManifest, renderTeamReadme } from './render-files.ts';
import { teamFiles } from './team-files.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const paths = teamFiles.map(({ path }) => path);
const workflows = teamFiles.filter(({ path }) => path.startsWith('.github/workflows/'));

test('a team’s repository begins with under thirty-five files, each explained in one line of its README', () => {
  expect(paths.length).toBeLessThan(35);
  expect(new Set(paths).size).toBe(paths.length);
  const readme = renderTeamReadme('dormant-contoso', teamFiles).split('\n');
  for (const { path, why } of teamFiles) expect(readme).toContain(`| \`${path}\` | ${why} |`);
  for (const { why } of teamFiles) expect(why).toMatch(/^[^\n]{10,110}\.$/);
});

test('it has one dependency, in one exact version', () => {
  const manifest = JSON.parse(renderTeamManifest('dormant-contoso', '0.1.0'));
  expect(manifest.dependencies).toEqual({ '@dormant-m365/dormant': '0.1.0' });
  expect(Object.keys(manifest).filter((field) => /dependencies/i.test(field))).toEqual(['dependencies']);
});

test('what its workflows start is there: each script, and each file that a script names', () => {
  const { scripts } = JSON.parse(renderTeamManifest('dormant-contoso', '0.1.0'));
  const started = workflows.flatMap(({ from = '' }) =>
    [...read(from).matchAll(/npm run -s ([\w-]+)/g)].map(([, name = '']) => name),
  );
  expect(new Set(started)).toEqual(new Set(Object.keys(scripts).filter((name) => name !== 'bootstrap-import')));
  const own = JSON.parse(read('package.json')).scripts;
  for (const [name, script] of Object.entries<string>(scripts)) {
    const [, file] = /^node node_modules\/@dormant-m365\/dormant\/(.+)\.js$/.exec(script) ?? [];
    expect([name, own[name]]).toEqual([name, file === undefined ? 'node cli/dormant.ts' : `node ${file}.ts`]);
  }
});

test('no workflow of it runs a tool or a test of Dormant’s own repository', () => {
  for (const { path, from = '' } of workflows)
    expect([path, read(from).match(/npm (test|start|ci$)|npm run (-s )?(check|test|start)\b|\btools\//m)?.[0]]).toEqual(
      [path, undefined],
    );
});

test('no file of it names a page that only Dormant’s own repository has', () => {
  const texts = teamFiles.flatMap(({ path, from }) => (from === undefined ? [] : [[path, read(from)] as const]));
  const rendered = [renderTeamReadme('dormant-contoso', teamFiles), renderPulumiFile(), renderBootstrapFile()];
  for (const [path, text] of [...texts, ...rendered.map((text) => ['rendered', text] as const)])
    expect([path, text.match(/(?<!dormant\/)\bdocs\/(?!CODEOWNERS)\S+/)?.[0]]).toEqual([path, undefined]);
});

test('each of its actions is pinned, at the version that Dormant’s own workflows have', () => {
  const listActions = (text: string) => [...text.matchAll(/uses: (\S+@\S+ # \S+)/g)].map(([, action = '']) => action);
  const names = ['ci', 'audit', 'apply', 'upgrade-preview'];
  const own = new Set(names.flatMap((name) => listActions(read(`.github/workflows/${name}.yml`))));
  for (const { from = '' } of workflows) {
    expect(findUnpinnedActions(read(from))).toEqual([]);
    for (const action of listActions(read(from))) expect(own).toContain(action);
  }
});
