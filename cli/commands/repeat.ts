// dormant repeat: starts the apply again where something merged was lost or left unfinished, and says that nothing is otherwise.
import { Command } from 'commander';
import { dispatchWorkflow } from '../../forge/github/dispatch.ts';
import { loadStack } from '../../policy/files/stack-files.ts';
import { isEmulated } from '../../policy/schemas/tenant.ts';
import { translateEngineError } from '../../stacks/engine/engine-errors.ts';
import { ensurePulumi } from '../../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { readProgress } from '../../stacks/engine/read-progress.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { findLostApply } from '../apply/find-lost-apply.ts';
import { resolveBackendUrl } from '../apply/run-options.ts';
import { appendSummary } from '../github-actions.ts';
import { findGitHub } from '../github-remote.ts';
import { getGlobals, printJson } from '../globals.ts';

export function createRepeatCommand(): Command {
  return new Command('repeat')
    .description('Start the apply again where something merged was lost or left unfinished: main is the only source.')
    .argument('<stack>', 'a folder of stacks/')
    .action(repeat);
}

async function repeat(stack: string, _options: object, command: Command): Promise<void> {
  const { repo: repository, json, verbose } = getGlobals(command);
  const files = await loadStack(openWorkingTree(repository), stack);
  const backendUrl = await resolveBackendUrl(repository, stack, isEmulated(files.tenant.value.cloud));
  const pulumiCommand = await ensurePulumi({ say: (sentence) => console.error(sentence) });
  const progress = await readProgress({ repository, stack, env: process.env, pulumiCommand, backendUrl }).catch(
    (error: unknown) => {
      throw translateEngineError(error);
    },
  );
  const lost = await findLostApply(repository, files, progress);
  const github = lost.length === 0 ? null : findGitHub(process.env, { verbose });
  if (github) await dispatchWorkflow(github, 'apply.yml', { stack });
  const text = describe(stack, lost, github !== null);
  await appendSummary(text);
  if (json) printJson({ stack, lost, isStarted: github !== null });
  else console.log(text);
}

function describe(stack: string, lost: readonly string[], isStarted: boolean): string {
  if (lost.length === 0) return `${stack}: applies have gone through all that main says.`;
  const what = isStarted ? 'The apply was started again.' : `Run: dormant apply ${stack}`;
  return `${stack}: ${lost.join(' ')} Main is the only source; what got lost is repeated. ${what}`;
}
