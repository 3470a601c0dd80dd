// After an apply: one issue per stack while a key signs whose word does not count yet, so that whoever owns the keys can
// object before it does.
import type { GitHub } from '../../forge/github/github.ts';
import { closeIssue, upsertIssue } from '../../forge/github/issue.ts';
import { getTenantPath } from '../../policy/files/stack-files.ts';
import type { NewWitness } from '../../policy/signing/key-trust.ts';
import { mentionOwners } from '../read-owners.ts';

const labels = ['dormant'];

interface KeyNews {
  repo: string;
  stack: string;
  newWitnesses: readonly NewWitness[];
}

export async function updateKeyIssue(github: GitHub, { repo, stack, newWitnesses }: KeyNews): Promise<void> {
  const key = `facts key ${stack}`;
  if (newWitnesses.length === 0) {
    await closeIssue(github, { key, labels, comment: 'Its week is over: from now on it counts.' });
    return;
  }
  const owners = await mentionOwners(repo, getTenantPath(stack), github);
  const body = `${owners}${renderKeyNews(newWitnesses)}`;
  await upsertIssue(github, { key, title: `${stack}: a new key signs the facts`, body, labels });
}

function renderKeyNews(newWitnesses: readonly NewWitness[]): string {
  // The schema of tenant.yaml lets no name have anything that Markdown reads.
  const lines = newWitnesses.map(({ what, trustedOn }) => `- ${what}: counts from ${trustedOn}`);
  return [
    '`tenant.yaml` names what no apply has seen before. Until its day nothing is taken from anybody on its word.',
    '',
    ...lines,
    '',
    'If you have made this change, there is nothing to do. If nobody of you has, revert it, list the key as `revoked`, and find out who could push it.',
  ].join('\n');
}
