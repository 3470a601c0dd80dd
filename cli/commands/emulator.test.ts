import { Command } from 'commander';
import { expect, test } from 'vitest';
import { createEmulatorCommand } from './emulator.ts';

test('where the tenant was left out, the command says so and how to get it', async () => {
  const program = new Command('dormant').addCommand(createEmulatorCommand('/nowhere/cli/commands/emulator.ts'));
  await expect(program.parseAsync(['emulator', '--users', '0'], { from: 'user' })).rejects.toMatchObject({
    code: 'emulator-missing',
    remedy: expect.stringContaining('npm ci'),
  });
});
