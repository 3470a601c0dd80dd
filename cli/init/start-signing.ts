// `dormant init --signing`: a repository from before facts were signed notes, once, where that began.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addSigningStart } from '../../policy/edit/signing-keys.ts';
import { loadTenant } from '../../policy/files/stack-files.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { buildKeyCommand } from '../keys/key-command.ts';
import { requireMainCommit } from '../keys/main-commit.ts';

interface SigningStart {
  path: string;
  since: string;
  /** What to run next, in order. */
  next: string[];
}

/** Throws `facts-key` (exit code 2) where tenant.yaml has it already. */
export async function startSigning(root: string, stack: string, main: string): Promise<SigningStart> {
  const tenant = await loadTenant(openWorkingTree(root), stack);
  const since = await requireMainCommit(root, main);
  await writeFile(join(root, tenant.path), addSigningStart(tenant, since));
  const commit = `git add ${tenant.path} && git commit -m "Sign the facts of ${stack}"`;
  const key = tenant.value.signing?.current === undefined ? [buildKeyCommand(stack)] : [];
  return { path: tenant.path, since, next: [...key, commit, 'open a pull request for its owners'] };
}
