// What preview and apply hold the stack's files against: the history of what is applied, or of the pull request's base.
import { readCommittedFile } from '../../audit/history/tracked-files.ts';
import { verifySignature } from '../../forge/facts-key.ts';
import { createGit } from '../../forge/git/git.ts';
import { readMainLine } from '../../forge/git/main-line.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import type { Signing } from '../../policy/schemas/signing.ts';
import { Tenant } from '../../policy/schemas/tenant.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { buildMainBase, listLinePaths, type MainBase } from '../../stacks/main-base.ts';

/** For an apply: HEAD with its own keys. */
export async function readAppliedMain(repository: string, { stack, tenant }: StackFiles): Promise<MainBase> {
  const applied = await createGit(repository).run(['rev-parse', '--verify', 'HEAD^{commit}']);
  const line = await readMainLine(repository, applied, listLinePaths(stack));
  return buildMainBase(stack, line, { signing: tenant.value.signing ?? null, applied, verify: verifySignature });
}

/** For a preview: the base branch with the keys that it has. */
export async function readPreviewedMain(repository: string, stack: string, base: string | null): Promise<MainBase> {
  const ref = base ?? (await findBase(repository));
  const line = await readMainLine(repository, ref, listLinePaths(stack));
  const signing = await readSigning(repository, ref, stack);
  return buildMainBase(stack, line, { signing, applied: null, verify: verifySignature });
}

/** Main as it is known here; without a remote, what is checked out. */
async function findBase(repository: string): Promise<string> {
  return (await createGit(repository).runOrNull(['rev-parse', '--verify', '--quiet', 'origin/main'])) ?? 'HEAD';
}

/** null: the base has no such stack, or gave it no keys. */
async function readSigning(repository: string, ref: string, stack: string): Promise<Signing | null> {
  const path = `stacks/${stack}/tenant.yaml`;
  const file = await readCommittedFile(repository, ref, path);
  return file === null ? null : (parseYaml(Tenant, path, file.text).value.signing ?? null);
}
