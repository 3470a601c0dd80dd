import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { findUnpinnedActions } from './pinned-actions.ts';

const sha = '0123456789012345678901234567890123456789';

it.each([
  ['actions/checkout@v7', true],
  ['actions/checkout@main # v7.0.1', true],
  [`actions/checkout@${sha}`, true],
  [`actions/checkout@${sha.slice(1)} # v7.0.1`, true],
  [`actions/checkout@${sha} # v7`, true],
  [`actions/checkout@${sha} # v7.0.1`, false],
  [`org/repo/folder/action@${sha} # v1.2.3`, false],
  ['./.github/actions/local', false],
])('%s is unpinned: %s', (uses, expected) => {
  expect(findUnpinnedActions(`    steps:\n      - uses: ${uses}\n`)).toEqual(expected ? [uses] : []);
});

it('every action of this repository is pinned, and one action has one version throughout', async () => {
  const versions = new Map<string, Set<string>>();
  for (const name of await readdir('.github/workflows')) {
    const text = await readFile(`.github/workflows/${name}`, 'utf8');
    expect(findUnpinnedActions(text)).toEqual([]);
    for (const [, action = '', version = ''] of text.matchAll(/uses: ([\w./-]+)@(.+)$/gm)) {
      versions.set(action, (versions.get(action) ?? new Set()).add(version));
    }
  }
  expect(versions.size).toBe(6);
  for (const [action, found] of versions) expect([action, found.size]).toEqual([action, 1]);
});
