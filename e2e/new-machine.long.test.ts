import { expect, test } from 'vitest';
import { ensurePulumi } from '../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { aMachine, audit, interruptCompiler, startStory, untilTold, waits } from './new-machine.fixture.ts';

test('the audit is read before the Pulumi CLI is there; the first apply waits for it, and says how far it is', async () => {
  const { command } = await ensurePulumi({ env: process.env });
  const machine = await aMachine(`echo one >&2; ${untilTold}; ln -s ${command} "$program"`);
  const story = startStory(machine);
  await expect.poll(story.read).toMatch(/\n.*: 1 of 3 packages compiled, \d+ s\n/);
  expect(story.read()).toMatch(new RegExp(`${audit.source}.*${waits.source}`, 's'));
  expect(story.read()).toContain('The Pulumi CLI is installed meanwhile');
  expect(story.read()).toMatch(/the Pulumi CLI [\d.]+ has to be built: its archive cannot be had \(github\.com: .*\)/);
  expect(await machine.listPrograms()).toEqual([]);
  await machine.goOn();
  await expect.poll(story.read).toMatch(/: the apply\n(.*\n)+.*hr@contoso\.com has mail/);
  expect(await machine.listPrograms()).toEqual(['pulumi']);
});

test('Ctrl-C ends a compiler that does not listen to it, too', async () => {
  await interruptCompiler(await aMachine(`trap '' INT; touch $machine/compiling; sh -c '${untilTold}'; exit 1`));
});
