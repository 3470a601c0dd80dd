import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aMachine, audit, interruptCompiler, startStory, untilTold } from './new-machine.fixture.ts';

test('what went wrong in the background is told once, by the apply that needs it, with all that is known of why', async () => {
  const machine = await aMachine('echo "verifying module: checksum mismatch" >&2; exit 1');
  const story = startStory(machine);
  expect((await story.ended).exitCode).toBe(1);
  const [before = '', ...failure] = story.read().split('error The Pulumi CLI has to be built');
  expect(before).toMatch(audit);
  expect(before).not.toContain('mismatch');
  expect(failure).toHaveLength(1);
  expect(failure[0]).toMatch(
    /^: its archive cannot be had .*\nverifying module: checksum mismatch\n +at .*\n +do .*\n$/,
  );
});

test('Ctrl-C leaves neither a compiler behind nor what it has begun', async () => {
  const machine = await aMachine(`touch $machine/compiling; sh -c '${untilTold}'; exit 1`);
  await interruptCompiler(machine);
  const [folder = '', ...others] = await readdir(join(machine.folder, 'dormant'));
  expect(others).toEqual([]);
  expect(await readdir(join(machine.folder, 'dormant', folder))).toEqual([]);
});
