// The stack with its program, for one run: opened to look at, or made where it is not there yet.
import { join } from 'node:path';
import type { Stack } from '@pulumi/pulumi/automation/index.js';
import { azureadEnvironment } from '../on-premises/azuread-sign-in.ts';
import { declareStack, requireSound } from '../program.ts';
import type { Restraint } from '../restraint.ts';
import { createStack, selectStack } from './engine.ts';
import type { RunOptions } from './plan.ts';

/** Throws `InvalidInput` where the files contradict themselves. */
export async function openStack(options: RunOptions, restraint: Restraint): Promise<Stack> {
  const { repository, files, today, pulumiCommand, backendUrl } = options;
  const { identity = 'apply', isPreview = false, requestsOfProvider = false, since = new Map() } = options;
  requireSound(files, today);
  const open = isPreview ? selectStack : createStack;
  const stack = await open({
    stack: files.stack,
    pulumiCommand,
    backendUrl,
    // Beside the stack's results and not among them: those are kept as artifacts.
    workDir: join(repository, 'out', '.engine', files.stack),
    // Also while nobody is held: the quarantine that is there has to be taken down.
    environment: azureadEnvironment(files.tenant.value, identity),
    program: () => declareStack(files, { repository, today, identity, requestsOfProvider, since, restraint }),
  });
  return Object.assign(stack, unread);
}

/**
 * What the Automation API reads after each update, with three more starts of the CLI, each of which loads the whole state; nothing of
 * it is used here: what happened is in the engine's events.
 */
const unread: Pick<Stack, 'outputs' | 'info'> = {
  outputs: async () => ({}),
  info: async () => undefined,
};
