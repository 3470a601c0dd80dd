// Plain `pulumi preview -s <stack>` runs this (Pulumi.yaml); `dormant preview` and `dormant apply` run it inline.
import { getStack, RunError } from '@pulumi/pulumi/index.js';
import { DormantError } from '../policy/errors.ts';
import { toUtcDay } from '../policy/evidence.ts';
import { loadStack } from '../policy/files/stack-files.ts';
import { declareStack } from './program.ts';
import { openWorkingTree } from './working-tree.ts';

export default function program(): Promise<void> {
  return declareFiles().catch(throwRunError);
}

async function declareFiles(): Promise<void> {
  const repository = process.env.DORMANT_REPOSITORY ?? `${import.meta.dirname}/..`;
  const files = await loadStack(openWorkingTree(repository), getStack());
  await declareStack(files, { repository, env: process.env, today: toUtcDay(new Date()) });
}

/** Of a RunError Pulumi prints the message; of any other error the stack trace, which is for defects. */
function throwRunError(error: unknown): never {
  if (error instanceof DormantError) throw new RunError(`${error.message}\n${error.remedy}`.trim());
  throw error;
}
