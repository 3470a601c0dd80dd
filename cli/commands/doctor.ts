// dormant doctor: what is set up, what is not, and the one step that fixes it. In the tenant and on GitHub it only reads.
import { Command, Option } from 'commander';
import type { Identity } from '../../graph/credential.ts';
import { checks } from '../doctor/checks.ts';
import { createContext } from '../doctor/context.ts';
import { computeExitCode, diagnose } from '../doctor/doctor.ts';
import { renderTable } from '../doctor/table.ts';
import { sanitiseLog } from '../github-actions.ts';
import { getGlobals, printJson } from '../globals.ts';
import { printRequest } from '../print-request.ts';

export function createDoctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Check identities, licences, mailboxes, the backend and GitHub of a stack. Only reads; as the apply it makes an empty stack in the backend and removes it.',
    )
    .argument('<stack>', 'a folder of stacks/')
    .addOption(
      new Option('--identity <name>', 'the identity to sign in as').choices(['audit', 'apply']).default('audit'),
    )
    .action(async (stack: string, { identity }: { identity: Identity }, command: Command) => {
      const { repo, json, verbose } = getGlobals(command);
      const onRequest = verbose ? printRequest : () => {};
      const diagnosis = await diagnose(await createContext({ root: repo, stack, identity, onRequest }), checks);
      if (json) printJson(diagnosis);
      else console.log(sanitiseLog(renderTable(diagnosis)));
      process.exitCode = computeExitCode(diagnosis);
    });
}
