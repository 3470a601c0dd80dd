import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { version } from '../version.ts';
import { askToInstall, buildInstallCommand, canBeAsked, findTenantOffer } from './tenant-offer.ts';

let team: string;
let program: string;
beforeEach(async () => {
  team = await mkdtemp(join(tmpdir(), 'dormant-team-'));
  program = join(team, 'node_modules/@dormant-m365/dormant/cli/commands/emulator.js');
});
afterEach(() => rm(team, { recursive: true }));

const named = (source: string) =>
  writeFile(join(team, 'package.json'), JSON.stringify({ dependencies: { '@dormant-m365/dormant': source } }));

describe('what is offered', () => {
  const published = `@dormant-m365/emulator@${version}`;

  test('in a folder that has the program installed, and below it: the tenant of the very same version', async () => {
    await named(version);
    const offer = { folder: team, spec: published };
    expect(await findTenantOffer(program, team)).toEqual(offer);
    expect(await findTenantOffer(program, join(team, 'stacks/contoso'))).toEqual(offer);
    expect(buildInstallCommand(offer).join(' ')).toBe(`npm install --save-dev --save-exact ${published}`);
  });

  test('of a program that came out of a tarball: the tenant’s tarball beside it, where there is one', async () => {
    await named('file:built/dormant-m365-dormant.tgz');
    expect(await findTenantOffer(program, team)).toMatchObject({ spec: published });
    await mkdir(join(team, 'built'));
    const tarball = join(team, 'built', `dormant-m365-emulator-${version}.tgz`);
    await writeFile(tarball, '');
    expect(await findTenantOffer(program, team)).toEqual({ folder: team, spec: `file:${tarball}` });
  });

  test('nothing where the program runs from its source, or is installed somewhere else', async () => {
    await named(version);
    expect(await findTenantOffer(join(team, 'cli/commands/emulator.ts'), team)).toBeNull();
    expect(await findTenantOffer(program, tmpdir())).toBeNull();
    expect(await findTenantOffer(program, `${team}-other`)).toBeNull();
  });
});

test.each([
  ['a person at a terminal', true, { stdin: { isTTY: true }, stdout: { isTTY: true }, env: {} }],
  ['a shell that takes what is printed', false, { stdin: { isTTY: true }, stdout: {}, env: {} }],
  ['a program that has nothing to type', false, { stdin: {}, stdout: { isTTY: true }, env: {} }],
  ['a job of CI', false, { stdin: { isTTY: true }, stdout: { isTTY: true }, env: { CI: 'true' } }],
])('whether somebody is asked: %s, %s', (_, asked, surroundings) => {
  expect(canBeAsked(surroundings)).toBe(asked);
});

describe('the question', () => {
  const offer = { folder: '/work', spec: '@dormant-m365/emulator@0.1.0' };

  test.each([
    ['Enter is a yes', '\n', true],
    ['y is a yes', 'y\n', true],
    ['n is a no', 'n\n', false],
    ['Ctrl-C is a no', '\u0003', false],
  ])('names the package, and %s', async (_, typed, answer) => {
    const input = new PassThrough();
    const output = new PassThrough();
    let shown = '';
    output.on('data', (chunk: Buffer) => {
      if (shown === '') setImmediate(() => input.write(typed));
      shown += stripVTControlCharacters(chunk.toString());
    });
    expect(await askToInstall(offer, { input, output })).toBe(answer);
    expect(shown.replaceAll('\n', '')).toContain(`Install ${offer.spec} as a development dependency here? (Y/n)`);
  });
});
