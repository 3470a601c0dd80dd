// `dormant completion <shell>`: a script for the shell, which then asks `dormant complete` on each press of the tab key.
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { listStacks } from '../stacks/working-tree.ts';

/** Commands, options and their values are taken from `program`; stacks from the repository that the shell is in. */
export async function addCompletion(program: Command): Promise<void> {
  const stacks = await listStacks(process.cwd());
  const { commands } = tab(program, { completionCommandName: 'completion' });
  program.commands
    .find((command) => command.name() === 'completion')
    ?.summary('print a script that completes commands in a shell')
    .helpGroup('Around it:');
  for (const { name, registeredArguments } of program.commands.map(argumentsOf)) {
    if (registeredArguments.some((argument) => /^stacks?$/.test(argument)))
      commands.get(name)?.argument('stack', (complete) => {
        for (const stack of stacks) complete(stack, '');
      });
  }
}

function argumentsOf(command: Command) {
  return { name: command.name(), registeredArguments: command.registeredArguments.map((it) => it.name()) };
}
