// `npm run pulumi-cli [-- [--repo <folder>] <stack>]`: installs the Pulumi CLI now, and the azuread plugin: for a stack where its
// policy has a quarantine, without one in any case. So that no later command has to wait for it, and none that has a token fetches
// anything. That there is no plugin is no failure: only the quarantine needs it, and says so.
import { parseArgs } from 'node:util';
import { loadStack } from '../policy/files/stack-files.ts';
import { azureadVersion, ensureAzureadPlugin } from '../stacks/engine/azuread-plugin.ts';
import { ensurePulumi } from '../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { keepToolVariables } from '../stacks/engine/pulumi-cli/tool-environment.ts';
import { openWorkingTree } from '../stacks/working-tree.ts';
import { getExitCode, printFailure } from './failure.ts';
import { isOnActions } from './github-actions.ts';
import { createProgressPrinter } from './print-progress.ts';

// What is started from here inherits nothing of a job that may sign in; that it is one decides how a failure is printed.
const env = keepToolVariables(process.env);
process.env = { ...env, ...(isOnActions() ? { GITHUB_ACTIONS: 'true' } : {}) };

const say = createProgressPrinter(process.stderr);

try {
  const { values, positionals } = parseArgs({ options: { repo: { type: 'string' } }, allowPositionals: true });
  const { command, version } = await ensurePulumi({ env, say });
  console.log(`Pulumi ${version}: ${command}`);
  const [stack] = positionals;
  if (stack === undefined || (await hasQuarantine(values.repo ?? '.', stack))) {
    const { folder, absence } = await ensureAzureadPlugin({ env, say });
    console.log(folder === null ? absence : `azuread plugin ${azureadVersion}: ${folder}`);
  }
} catch (error) {
  printFailure(error);
  process.exitCode = getExitCode(error);
}

/** Files that cannot be read are told of by the command that needs them, in the stack's own issue. */
async function hasQuarantine(repository: string, stack: string): Promise<boolean> {
  const files = await loadStack(openWorkingTree(repository), stack).catch(() => null);
  if (files === null) console.log(`The files of ${stack} cannot be read, so the azuread plugin is left out.`);
  return files !== null && files.policy.value.onPremises.quarantine !== 'off';
}
