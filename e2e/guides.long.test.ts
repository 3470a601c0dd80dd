// The guides on each Node that Dormant promises, and on one that is too old; and adopt.md, as far as nobody has to be real.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findUndecided, makeGh, runLines } from './guides/adopt.fixture.ts';
import { readGuideCommands } from './guides/guide-commands.fixture.ts';
import { type GuidedMachine, useGuidedMachine } from './guides/guided-machine.fixture.ts';
import { expectFirstAudit, follow, pressMerge, readParts, readPull } from './guides/try.fixture.ts';
import { installNode } from './package/installed-package.fixture.ts';

const { audit, proposal, apply, end } = readParts();
let machine: GuidedMachine;

/** The oldest that is promised, and the one that this build is tested on. */
const nodes = ['22.18.0', '24.21.0'];

useGuidedMachine((there) => {
  machine = there;
});

const startOn = async (node: string) => machine.start(dirname(await installNode(node)));

test.each(nodes)('“Try it” can be followed to its end on Node %s', async (node) => {
  const reader = await startOn(node);
  await follow(reader, audit);
  await expectFirstAudit(reader);
  const { address, files } = await readPull(reader, await follow(reader, proposal));
  expect(files.length).toBeGreaterThan(20);
  await pressMerge(address);
  await follow(reader, [...apply, ...end]);
});

test('on Node 20 the first line says what to do, and the way that it gives leads to the first audit', async () => {
  const reader = await startOn('20.20.2');
  const [start, init, ...rest] = audit;
  const refused = await reader.run(`${start?.text}\n${init?.text}`);
  expect(refused.exitCode).toBe(2);
  expect(refused.output).toContain('error dormant needs Node 22.18 or newer, and this is 20.20.2.');
  const [, way = ''] = /or run: npx (--package .+ dormant)\r?\n/.exec(refused.output) ?? [];
  const byThatWay = [init, ...rest].map((command) => ({
    count: 1,
    text: command?.text.replace(/^npx (--yes )?(@dormant-m365\/)?dormant/, `npx --yes ${way}`) ?? '',
  }));
  await follow(reader, byThatWay);
  await expectFirstAudit(reader);
});

test('each line of “Adopt it in your tenant” is run here, or is left for a reason', () => {
  expect(findUndecided()).toEqual([]);
});

test.each(nodes)(
  '“Adopt it in your tenant” leads from an empty folder to a first pull request on Node %s',
  async (node) => {
    const reader = await machine.start(await makeGh(), dirname(await installNode(node)));
    // The tenant and the forge that everything below is run against.
    const [start] = audit;
    if (start) await follow(reader, [start]);
    let last = { exitCode: 0, output: '', milliseconds: 0 };
    for (const { text } of readGuideCommands('adopt.md')) {
      const known = runLines.find(({ line }) => line.test(text));
      if (known === undefined) continue;
      const { instead = (line: string) => line, inWords, exitCode = 0 } = known;
      last = await reader.run(instead(text));
      expect(last.exitCode, `${text}\n${last.output}`).toBe(exitCode);
      if (inWords !== undefined) await follow(reader, [{ text: inWords, count: 1 }]);
    }
    const { pull, files } = await readPull(reader, last);
    expect(pull).toMatchObject({ state: 'open', title: expect.stringMatching(/^Dormant contoso: notify \d+/) });
    expect(files.length).toBeGreaterThan(20);
    expect(existsSync(join(reader.folder, 'look-contoso/look.json'))).toBe(true);
  },
);
