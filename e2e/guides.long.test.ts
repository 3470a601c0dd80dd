// The guides on each Node that Dormant promises, and on one that is too old, as far as nobody has to be real.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeGh } from './guides/gh.fixture.ts';
import { runGuide } from './guides/guide-lines.fixture.ts';
import { type GuidedMachine, useGuidedMachine } from './guides/guided-machine.fixture.ts';
import { adopt } from './guides/lists/adopt.fixture.ts';
import { guideLists } from './guides/lists/guide-lists.fixture.ts';
import { tryIt } from './guides/lists/try.fixture.ts';
import { runAll, startTeam } from './guides/team.fixture.ts';
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
  const [, way = ''] = /npx bring one: npx (-p .+ dormant)\r?\n/.exec(refused.output) ?? [];
  const byThatWay = [init, ...rest].map((command) => ({
    count: 1,
    text: command?.text.replace(/^npx (--yes )?(@dormant-m365\/)?dormant/, `npx --yes ${way}`) ?? '',
  }));
  await follow(reader, byThatWay);
  await expectFirstAudit(reader);
});

test.each(nodes)(
  '“Adopt it in your tenant” leads from an empty folder to a first pull request on Node %s',
  async (node) => {
    const reader = await machine.start(await makeGh(), dirname(await installNode(node)));
    // The tenant and the forge that everything below is run against.
    const [start] = audit;
    if (start) await follow(reader, [start]);
    const last = await runGuide(reader, adopt);
    const { pull, files } = await readPull(reader, last);
    expect(pull).toMatchObject({ state: 'open', title: expect.stringMatching(/^Dormant contoso: notify \d+/) });
    expect(files.length).toBeGreaterThan(20);
    expect(existsSync(join(reader.folder, 'look-contoso/look.json'))).toBe(true);
  },
);

test('the other guides are followed in a repository that has been run for weeks', async () => {
  const reader = await machine.start(await makeGh());
  await startTeam(reader);
  for (const list of guideLists.filter((each) => each !== adopt && each !== tryIt)) await runGuide(reader, list);
});

test('a repository whose default branch is trunk goes from its first push to an apply', async () => {
  const reader = await machine.start(await makeGh());
  await startTeam(reader, { main: 'trunk', weeks: 1 });
  const { output } = await reader.run(
    'git --no-pager log --merges -1 --format=%D; gh api "repos/{owner}/{repo}/pulls/1" --jq .base.ref',
  );
  expect(output).toMatch(/origin\/trunk[\s\S]*\ntrunk/);
  const doctor = 'npx dormant doctor contoso --json > "$TURNS/doctor.json"; ';
  await runAll(reader, [
    `${doctor}jq --exit-status '.findings[] | select(.name == "branch of the workflows") | .status == "pass"' "$TURNS/doctor.json"`,
  ]);
});
