// Each command of each guide is run by the tests of the guides, or is left for a reason that something else holds.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listFaults } from './guide-lines.fixture.ts';
import { guideLists, runbookLists } from './lists/guide-lists.fixture.ts';

const lists = [...guideLists, ...runbookLists];

test('every guide and every runbook has its list', () => {
  const guides = globSync('**/*.md', { cwd: join(import.meta.dirname, '../../docs/guides') });
  expect(lists.map(({ guide }) => guide).toSorted()).toEqual(
    guides.map((path) => path.replaceAll('\\', '/')).toSorted(),
  );
});

test.each(lists.map((list) => [list.guide, list] as const))(
  'each line of %s is run, or left for a reason',
  (_, list) => {
    expect(listFaults(list)).toEqual([]);
  },
);

test('a line in no list, a line in two, an entry without a line, and a holder that is not there are found', () => {
  const guide = 'many-tenants.md';
  const heldBy = 'e2e/guides.test.ts: no such title';
  const faults = listFaults({
    guide,
    run: [{ line: /^npx dormant stacks/ }, { line: /^npx dormant (stacks|audit)/ }, { line: /^gone$/ }],
    left: [{ line: /^npx dormant audit contoso --json/, because: 'a test', heldBy }],
  });
  expect(faults).toEqual([
    expect.stringContaining('in two entries: npx dormant stacks'),
    expect.stringContaining('neither run nor left: npx dormant check'),
    expect.stringContaining('in two entries: npx dormant audit'),
    'no such line: /^gone$/',
    `no such test: ${heldBy}`,
  ]);
});
