// `npm run -s require-private`: whether an artifact with names may be kept here now, and for how long. A step of its own just before
// each upload, because a repository that was private when the run began may be public when it ends.
import { requirePrivateRepository } from '../forge/github/require-private.ts';
import { DormantError } from '../policy/errors.ts';
import { getExitCode, printFailure } from './failure.ts';
import { findGitHub } from './github-remote.ts';

/**
 * GitHub keeps an artifact of a private repository for 1 to 400 days, and of a public one for 1 to 90
 * (github.com/github/docs, data/reusables/actions/about-artifact-log-retention.md). Above what the repository or its organisation
 * allows the upload takes that, with a warning (github.com/actions/toolkit, packages/artifact, retention.ts). For the upload 0 is
 * the repository's own setting and `30 weeks` is 30 (github.com/actions/upload-artifact, src/upload/input-helper.ts): neither says
 * a number of days, so neither is taken.
 */
const mostDays = 400;

function requireRetentionDays(text: string): number {
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= 1 && days <= mostDays) return days;
  throw new DormantError('retention-days', `DORMANT_RETENTION_DAYS is ${JSON.stringify(text)}.`, {
    exitCode: 2,
    remedy: `Set the variable to a whole number of days from 1 to ${mostDays}, or delete it. Until then nothing is uploaded.`,
  });
}

try {
  const days = requireRetentionDays(process.env.RETENTION_DAYS ?? '');
  const github = findGitHub(process.env);
  if (github === null) {
    throw new DormantError('no-github', 'GITHUB_TOKEN and GITHUB_REPOSITORY are needed.', {
      exitCode: 2,
      remedy: 'Run this in a step of a workflow, with both.',
    });
  }
  await requirePrivateRepository(github);
  console.log(`The repository is private: what names people is kept here for ${days} days at most.`);
} catch (error) {
  printFailure(error);
  process.exitCode = getExitCode(error);
}
