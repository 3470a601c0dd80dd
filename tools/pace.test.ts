// No test depends on the machine's speed: timeouts are for hangs, bounds are on processor time (`policy/cost.fixture.ts`).
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('..', import.meta.url);
const tests = globSync('{audit,bootstrap,cli,docs,e2e,emulator,graph,policy,stacks,tools}/**/*.test.ts', {
  cwd: root,
});

test('no test bounds the time on the clock that something takes', () => {
  const bound = /now\(\) - \w+\)\s*\.toBeLess/;
  expect(tests.filter((path) => bound.test(textOf(path)))).toEqual([]);
});

test('no test ends sooner than what hangs', () => {
  const soon = tests.filter((path) =>
    [...textOf(path).matchAll(/[tT]imeout: ([\d_]+)/g)].some(([, ms = '']) => Number(ms.replaceAll('_', '')) < 300_000),
  );
  expect(soon).toEqual([]);
});

function textOf(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}
