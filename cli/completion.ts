// `dormant completion <shell>`: a script for the shell, which calls `dormant complete` each time the tab key is pressed.
import tab from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { listStacks } from '../stacks/working-tree.ts';
import { commandNames, manual } from './manual.ts';

/**
 * Commands, options and their values come from `program`, stacks from the shell's repository. Of a command that is not
 * loaded only the name is completed, which is all that a shell needs until the name is typed.
 */
export async function addCompletion(program: Command): Promise<void> {
  for (const name of commandNames) {
    if (!program.commands.some((command) => command.name() === name))
      program.addCommand(new Command(name).description(manual[name].summary));
  }
  const stacks = await listStacks(process.cwd());
  const { commands } = tab(program, { completionCommandName: 'completion' });
  program.commands
    .find((command) => command.name() === 'completion')
    ?.summary('print a script that completes commands in a shell')
    .helpGroup('Around it:');
  for (const { name, registeredArguments } of program.commands.map(listArguments)) {
    if (registeredArguments.some((argument) => /^stacks?$/.test(argument)))
      commands.get(name)?.argument('stack', (complete) => {
        for (const stack of stacks) complete(stack, '');
      });
  }
}

function listArguments(command: Command) {
  return { name: command.name(), registeredArguments: command.registeredArguments.map((it) => it.name()) };
}
