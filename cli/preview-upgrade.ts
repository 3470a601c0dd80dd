// `npm run -s upgrade-preview -- find|install|comment`: the steps of upgrade-preview.yml, by which a person has the version that a
// pull request names look at every tenant. The pull request's lockfile is read; nothing of it is checked out or run.
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { getOutFolder } from '../audit/out-folder.ts';
import { upsertComment } from '../forge/github/comment.ts';
import { readHeadCommit } from '../forge/github/commit-status.ts';
import type { GitHub } from '../forge/github/github.ts';
import { requirePrivateRepository } from '../forge/github/require-private.ts';
import { DormantError } from '../policy/errors.ts';
import { openWorkingTree } from '../stacks/working-tree.ts';
import { getExitCode, printFailure } from './failure.ts';
import { findArtifactUrl, requireGitHubFor } from './github-remote.ts';
import { parseLockedVersion, requireLockedVersion } from './upgrade/locked-version.ts';
import { renderUpgradePreview, type StackPreview } from './upgrade/render-upgrade-preview.ts';
import { installVerified } from './upgrade/verified-version.ts';

/** Git ignores it, no stack is called so, and an artifact leaves it out. */
const folder = join('out', '.upgrade');

const text = { type: 'string', default: '' } as const;

try {
  const { values, positionals } = parseArgs({
    options: { pull: text, version: text, integrity: text, stacks: text, shard: text },
    allowPositionals: true,
  });
  await runStep(positionals[0], values);
} catch (error) {
  printFailure(error);
  process.exitCode = getExitCode(error);
}

interface StepValues {
  pull: string;
  version: string;
  integrity: string;
  /** A JSON list, as the matrix has it. */
  stacks: string;
  shard: string;
}

async function runStep(step: string | undefined, values: StepValues): Promise<void> {
  const { version, integrity } = values;
  if (step === 'find') return findVersion(Number(values.pull));
  if (step === 'install') return installVersion(version, integrity);
  if (step === 'comment') return comment(values);
  throw new DormantError('usage', 'One of find, install and comment is needed.', {
    exitCode: 2,
    remedy: 'npm run -s upgrade-preview -- find --pull 12',
  });
}

async function findVersion(pull: number): Promise<void> {
  const github = requireGitHubFor('find');
  const { version, integrity } = parseLockedVersion(await readLockfile(github, pull));
  console.log(`Pull request ${pull} names Dormant ${version}, ${integrity}.`);
  // Neither can start another output: both have the few signs of a version and a hash.
  const output = process.env.GITHUB_OUTPUT;
  if (output) await appendFile(output, `version=${version}\nintegrity=${integrity}\n`);
}

/** Of its head, by the API: no file of it comes onto this machine. Empty: it has none. */
async function readLockfile(github: GitHub, pull: number): Promise<string> {
  const route = 'GET /repos/{owner}/{repo}/contents/{path}';
  const ref = await readHeadCommit(github, pull);
  const answer = await github.attempt(route, { path: 'package-lock.json', ref }, [404]);
  if ('refused' in answer || !('content' in answer.data)) return '';
  return Buffer.from(String(answer.data.content), 'base64').toString('utf8');
}

async function installVersion(version: string, integrity: string): Promise<void> {
  await installVerified(requireLockedVersion(version, integrity), folder, '.');
  console.log(`Dormant ${version} is in ${folder}: its hash is the lockfile’s, and npm has verified its provenance.`);
}

async function comment({ pull, version, stacks, shard }: StepValues): Promise<void> {
  const github = requireGitHubFor('comment');
  // It names people.
  await requirePrivateRepository(github);
  const artifact = findArtifactUrl(process.env);
  const previews: StackPreview[] = await Promise.all(
    JSON.parse(stacks).map(async (stack: string) => ({
      stack,
      text: await openWorkingTree(getOutFolder('.', stack)).read('preview.md'),
    })),
  );
  const { url } = await upsertComment(github, {
    ...{ number: Number(pull), key: `upgrade-preview ${shard}`, ...artifact },
    render: () => renderUpgradePreview(version, previews, artifact),
  });
  console.log(`${url}`);
}
