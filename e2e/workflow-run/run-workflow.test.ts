import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ARepository, aRepository } from '@dormant-m365/emulator/github';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evaluateIf, evaluateTyped, interpolate } from './expressions.ts';
import { runWorkflow } from './run-workflow.ts';
import type { WorkflowRunOptions } from './workflow-run-options.ts';

const contexts = {
  github: { event: { before: null } },
  inputs: { shard: 2 },
  vars: { NAME: '' },
  needs: { find: { outputs: { stacks: '["a","b"]' } } },
};

describe('an expression', () => {
  it.each([
    ['${' + '{ inputs.shard || 1 }}', '2'],
    ['x-${' + '{ github.event.before || inputs.before }}-y', 'x--y'],
    ['${' + "{ startsWith('azblob://x', 'azblob:') }}", 'true'],
  ])('%s is %s', (text, value) => {
    expect(interpolate(text, contexts)).toBe(value);
  });

  it('keeps its type where it is all of the value', () => {
    expect(evaluateTyped('${' + '{ fromJSON(needs.find.outputs.stacks) }}', contexts)).toEqual(['a', 'b']);
  });

  it.each([
    [undefined, 'failure', false],
    [undefined, 'success', true],
    ['always()', 'failure', true],
    ['${' + '{ !cancelled() }}', 'failure', true],
    ["vars.NAME != ''", 'success', false],
    ["vars.NAME == ''", 'failure', false],
  ] as const)('if: %s after a %s is %s', (text, status, holds) => {
    expect(evaluateIf(text, contexts, status)).toBe(holds);
  });
});

const workflow = `
name: Toy
on: { workflow_dispatch: { inputs: { shard: { type: number, default: 1 } } } }
permissions: {}
jobs:
  find:
    runs-on: ubuntu-24.04
    permissions: { contents: read }
    outputs: { list: '$\{{ steps.list.outputs.list }}' }
    steps:
      - uses: actions/checkout@x # v1
      - id: list
        run: echo "list=[\\"a\\",\\"b\\"]" >> "$GITHUB_OUTPUT"
  work:
    needs: find
    name: $\{{ matrix.one }}
    strategy: { matrix: { one: '$\{{ fromJSON(needs.find.outputs.list) }}' } }
    runs-on: ubuntu-24.04
    environment: $\{{ matrix.one }}-audit
    permissions: { id-token: write, issues: write }
    env: { ONE: '$\{{ matrix.one }}' }
    steps:
      - uses: actions/checkout@x # v1
        with: { path: there, fetch-depth: 0, ref: '$\{{ github.event.repository.default_branch }}' }
      - run: |
          test "$ONE" != b
          cat there/README.md
          echo "token $TOKEN, $SECRET" >> "$GITHUB_STEP_SUMMARY"
        env: { TOKEN: '$\{{ github.token }}' }
      - name: not after a failure
        id: skipped
        run: 'true'
      - id: tolerated
        if: always()
        continue-on-error: true
        run: 'false'
      - name: outcomes
        if: always()
        run: echo '$\{{ toJSON(steps) }}'
      - name: whatever happened
        if: always()
        run: mkdir out && echo kept > out/file
      - uses: actions/upload-artifact@x # v1
        if: always()
        with: { name: 'kept-$\{{ matrix.one }}', path: out/ }
  after:
    needs: work
    runs-on: ubuntu-24.04
    steps: [{ run: 'true' }]
`;

let repository: ARepository;
let artifacts: string;

beforeEach(async () => {
  repository = await aRepository({ '.github/workflows/toy.yml': workflow, 'README.md': 'Words.\n' });
  artifacts = await mkdtemp(join(tmpdir(), 'dormant-artifacts-'));
});

afterEach(async () => {
  await repository.remove();
  await rm(artifacts, { recursive: true, force: true });
});

it('a workflow runs as Actions would run it', async () => {
  const commit = (await repository.findHead('main')) ?? '';
  const options: WorkflowRunOptions = {
    file: 'toy.yml',
    event: {
      ...{ name: 'workflow_dispatch', payload: {}, ref: 'refs/heads/main', from: 'repository' },
      ...{ commit, checkedCommit: commit },
    },
    bare: repository.bare,
    repository: 'contoso/dormant',
    settings: { environments: {}, branchPolicies: {} },
    app: null,
    apiUrl: 'http://127.0.0.1:9',
    createToken: (permissions) => JSON.stringify(permissions),
    environments: { 'a-audit': { env: { SECRET: 'of a' } } },
    installed: '.',
    artifacts,
    retention: new Map(),
  };
  const [find, a, b, after] = await runWorkflow(options);
  // The same run once more, after main has moved.
  await repository.commit('main', { 'README.md': 'Newer words.\n' });
  const [, again] = await runWorkflow(options);
  expect(again?.steps[1]?.log).toBe('Newer words.');
  expect(find).toMatchObject({ conclusion: 'success', outputs: { list: '["a","b"]' } });
  expect(a).toMatchObject({ name: 'a', environment: 'a-audit', conclusion: 'success' });
  expect(a?.summary).toBe('token {"id-token":"write","issues":"write"}, of a\n');
  expect(a?.steps[1]?.log).toBe('Words.');
  expect(b).toMatchObject({ conclusion: 'failure' });
  expect(b?.steps.map(({ name }) => name)).not.toContain('not after a failure');
  expect(JSON.parse(b?.steps.find(({ name }) => name === 'outcomes')?.log ?? '')).toEqual({
    skipped: { outputs: {}, outcome: 'skipped', conclusion: 'skipped' },
    tolerated: { outputs: {}, outcome: 'failure', conclusion: 'success' },
  });
  expect(await readFile(join(artifacts, 'kept-b', 'file'), 'utf8')).toBe('kept\n');
  expect(after).toMatchObject({ conclusion: 'skipped' });
});
