import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import type { Check } from './check.ts';
import { checks } from './checks.ts';

test('every check that is written is in the list, and no two have one name', async () => {
  const files = globSync('checks/*.ts', { cwd: import.meta.dirname }).filter((path) => !path.endsWith('.test.ts'));
  const written: Check[] = [];
  for (const file of files) {
    const exported: object = await import(`./checks/${basename(file, '.ts')}.ts`);
    written.push(...Object.values(exported).filter(isCheck));
  }
  expect(written.map(({ name }) => name).sort()).toEqual(checks.map(({ name }) => name).sort());
  expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
});

function isCheck(value: unknown): value is Check {
  return typeof value === 'object' && value !== null && 'needs' in value && 'run' in value;
}
