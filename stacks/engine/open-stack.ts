// The stack with its program, for one run: opened for reading, or created if it does not exist yet.
import { join } from 'node:path';
import type { Stack } from '@pulumi/pulumi/automation/index.js';
import { buildAzureadEnvironment } from '../on-premises/azuread-sign-in.ts';
import { declareStack, requireConsistentFiles } from '../program.ts';
import type { Restraint } from '../restraint.ts';
import type { StackRunOptions } from './engine-plan.ts';
import { createStack, selectStack } from './workspace.ts';

/** Throws `InvalidInput` where the files contradict themselves. */
export async function openStack(options: StackRunOptions, restraint: Restraint): Promise<Stack> {
  const { repository, env, files, today, pulumiCommand, backendUrl } = options;
  const { identity = 'apply', isPreview = false, requestsOfProvider = false, since = new Map() } = options;
  requireConsistentFiles(files, today);
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
    program: () => declareStack(files, { repository, env, today, identity, requestsOfProvider, since, restraint }),
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
