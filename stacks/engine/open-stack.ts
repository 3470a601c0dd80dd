// The stack with its program, for one run: opened for reading, or created if it does not exist yet.
import { join } from 'node:path';
import type { Stack } from '@pulumi/pulumi/automation/index.js';
import { buildAzureadEnvironment } from '../on-premises/azuread-sign-in.ts';
import { declareStack } from '../program.ts';
import { identifyRun } from '../record/apply-log.ts';
import type { Restraint } from '../restraint.ts';
import type { StackRunOptions } from './engine-plan.ts';
import { createStack, selectStack } from './workspace.ts';

/** The program runs only once the restraint has the files as they stand. */
export async function openStack(options: StackRunOptions, restraint: Restraint): Promise<Stack> {
  const { repository, env, files, main, today, pulumiCommand, backendUrl } = options;
  const { identity = 'apply', isPreview = false, requestsOfProvider = false, since = new Map() } = options;
  const open = isPreview ? selectStack : createStack;
  const stack = await open({
    stack: files.stack,
    pulumiCommand,
    backendUrl,
    env,
    // Not among the stack's results, which are kept as artifacts.
    workDir: join(repository, 'out', '.engine', files.stack),
    // Also while nobody is quarantined: an existing quarantine has to be removed.
    environment: buildAzureadEnvironment(files.tenant.value, identity, env),
    program: async () => {
      if (restraint.trusted === null) throw new TypeError('the files have not been held against main');
      const loggedRun = { run: identifyRun(env), commit: main.applied };
      const own = { repository, env, today, identity, requestsOfProvider, since, restraint, loggedRun };
      await declareStack(restraint.trusted, own);
    },
  });
  return Object.assign(stack, skippedReads);
}

/**
 * What the Automation API reads after each update, with three more starts of the CLI that each load the whole state. Not
 * needed: what happened is in the engine's events.
 */
const skippedReads: Pick<Stack, 'outputs' | 'info'> = {
  outputs: async () => ({}),
  info: async () => undefined,
};
