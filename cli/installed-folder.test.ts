import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nameProgram } from './installed-folder.ts';

const installed = 'node_modules/@dormant-m365/dormant/cli/installed-folder.js';

test.each([
  ['in a team’s repository', '/work/team', join('/work/team', installed), 'npx dormant'],
  ['below its root', '/work/team/stacks/contoso', join('/work/team', installed), 'npx dormant'],
  ['in a clone of Dormant’s own', '/work/dormant', '/work/dormant/cli/installed-folder.ts', 'npx dormant'],
  ['beside a clone', '/work/team', '/work/dormant/cli/installed-folder.ts', 'npx @dormant-m365/dormant'],
  ['where npx brought it', '/work/team', join('/home/jo/.npm/_npx/1f2e', installed), 'npx @dormant-m365/dormant'],
  ['where it is installed globally', '/work/team', join('/usr/lib', installed), 'npx @dormant-m365/dormant'],
])('a line to copy leads to this program and to no other: %s', (_, folder, program, name) => {
  expect(nameProgram(folder, program)).toBe(name);
});
