// Each guide begins with what a reader decides by: whether it is for them, how long it takes, what they have in the end.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const guides = globSync('docs/guides/*.md', { cwd: root }).sort();
const runbooks = globSync('docs/guides/runbooks/*.md', { cwd: root }).sort();

/** What stands before the first heading, without the title. */
function readHead(path: string): string {
  const [head = ''] = readFileSync(join(root, path), 'utf8').split('\n## ');
  return head.replace(/^# .*\n+/, '');
}

test.each([...guides, ...runbooks])(
  '%s begins with whom it is for, how long it takes, and what one has in the end',
  (path) => {
    const head = readHead(path);
    expect(head).toMatch(/^(For |\*\*Who it is for:\*\*)/);
    expect(head).toMatch(/\b(minutes?|hours?|half an hour|afternoon)\b/i);
    expect(head).toMatch(/\b(In|At) the end\b/);
  },
);

test('every guide is named on the front page, so that nobody has to find it', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const named = [...guides, 'docs/guides/runbooks/README.md'];
  expect(named.filter((path) => !readme.includes(`(${path})`) && !readme.includes(`(${path}#`))).toEqual([]);
});
