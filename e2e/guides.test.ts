// The guide that people try first is run as it stands: each of its lines, at a terminal, from an empty folder and an empty home.
import { beforeAll, expect, test } from 'vitest';
import type { GuideReader } from './guides/guide-reader.fixture.ts';
import { type GuidedMachine, useGuidedMachine } from './guides/guided-machine.fixture.ts';
import { countAll, expectFirstAudit, follow, pressMerge, readParts, readPull } from './guides/try.fixture.ts';

const parts = readParts();
let machine: GuidedMachine;
let reader: GuideReader;

useGuidedMachine((there) => {
  machine = there;
});
beforeAll(async () => {
  reader = await machine.start();
});

test('trying it takes four commands, from an empty folder to the report and the lists of a first audit', async () => {
  expect(countAll(parts.audit)).toBe(4);
  await follow(reader, parts.audit);
  await expectFirstAudit(reader);
});

test('from nothing to the first pull request on the emulated GitHub it is nine commands', async () => {
  expect(countAll([...parts.audit, ...parts.proposal])).toBe(9);
  const { address, pull, files } = await readPull(reader, await follow(reader, parts.proposal));
  expect(pull).toMatchObject({ state: 'open', title: expect.stringMatching(/^Dormant contoso: notify \d+/) });
  expect(files).toContain('stacks/contoso/escalations.yaml');
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((path) => !path.startsWith('stacks/contoso/'))).toEqual([]);
  await pressMerge(address);
});

test('what was merged there is carried out, and all of it is thrown away', async () => {
  const { output } = await follow(reader, parts.apply);
  expect(output).toContain('accounts');
  await follow(reader, parts.end);
});
