// `npm run dispatch -- review.yml pull=12`: starts a workflow on the default branch, as the workflows do.
import { dispatchWorkflow, parseWorkflowInputs } from '../forge/github/dispatch.ts';
import { DormantError } from '../policy/errors.ts';
import { getExitCode, printFailure } from './failure.ts';
import { findGitHub } from './github-remote.ts';

const [workflow = '', ...words] = process.argv.slice(2);

try {
  const github = findGitHub(process.env);
  if (github === null || workflow === '') {
    throw new DormantError('usage', 'A workflow, GITHUB_TOKEN and GITHUB_REPOSITORY are needed.', {
      exitCode: 2,
      remedy: 'npm run dispatch -- review.yml pull=12',
    });
  }
  await dispatchWorkflow(github, workflow, parseWorkflowInputs(words));
  console.log(`${workflow} was started with ${words.join(' ')}.`);
} catch (error) {
  printFailure(error);
  process.exitCode = getExitCode(error);
}
