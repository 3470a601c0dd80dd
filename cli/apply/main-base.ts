// What a preview holds the stack's files against: the history of the pull request's base.
import { readCommittedFile } from '../../audit/history/tracked-files.ts';
import { verifySignature } from '../../forge/facts-key.ts';
import { createGit } from '../../forge/git/git.ts';
import { findKnownMain, requireBase } from '../../forge/git/known-main.ts';
import { readMainLine } from '../../forge/git/main-line.ts';
import { listContained } from '../../forge/git/main-tip.ts';
import { getTenantPath } from '../../policy/files/stack-files.ts';
import type { Signing } from '../../policy/schemas/signing.ts';
import { Tenant } from '../../policy/schemas/tenant.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { buildMainBase, listLinePaths, type MainBase } from '../../stacks/main-base.ts';

/** For a preview: the base branch with the keys that it has. */
export async function readPreviewedMain(repository: string, stack: string, base: string | null): Promise<MainBase> {
  const git = createGit(repository);
  const ref = await requireBase(git, base ?? undefined);
  const line = await readMainLine(repository, ref, listLinePaths(stack));
  return buildMainBase(stack, line, {
    ...{ signing: await readSigning(repository, ref, stack), applied: null, verify: verifySignature },
    ...{ movedTo: null, isRewound: false, doubt: null },
    // The base of an open pull request may be older than what is applied by now.
    contained: await listContained(git, ref, (await findKnownMain(git)) ?? ref),
  });
}

/** null: the base has no such stack, or gave it no keys. */
async function readSigning(repository: string, ref: string, stack: string): Promise<Signing | null> {
  const path = getTenantPath(stack);
  const file = await readCommittedFile(repository, ref, path);
  return file === null ? null : (parseYaml(Tenant, path, file.text).value.signing ?? null);
}
