// The label that stops a wave: whether there is one to put on, whether the apply may see it, and whether it is on now.
import { createLabelQuestion } from '../../../forge/github/labelled-pull.ts';
import { DormantError } from '../../../policy/errors.ts';
import { chooseLabelledPulls, pauseLabel, toLabelStop } from '../../../policy/pause/pause-label.ts';
import { describeStop } from '../../../policy/pause/taking-stop.ts';
import { type Check, type Finding, fail, pass, skip, warn } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { requireGitHub } from '../github.ts';
import { readWorkflows } from '../workflows.ts';

export const pauseLabelCheck: Check = {
  name: 'pause label',
  needs: 'github',
  async run(context) {
    return [
      await findLabel(context),
      { about: 'seen by the apply', ...(await findRight(context)) },
      { about: 'on pull requests', ...(await findLabelled(context)) },
    ];
  },
};

async function findLabel(context: DoctorContext): Promise<Finding> {
  const { api, repository } = requireGitHub(context);
  const answer = await api.attempt('GET /repos/{owner}/{repo}/labels/{name}', { name: pauseLabel }, [403, 404]);
  if (!('refused' in answer)) return pass('the repository has it');
  if (answer.refused === 403) return skip('the token may not read labels');
  return warn(
    'the repository does not have it, so nobody can put it on in a hurry',
    `gh label create ${pauseLabel} --repo ${repository} --color B60205 --description "Nothing is taken while a pull request has it"`,
  );
}

/** Of the job with the identity that writes. */
async function findRight({ root }: DoctorContext): Promise<Finding> {
  const apply = (await readWorkflows(root)).find(({ path }) => path === file);
  const jobs = apply?.jobs.filter(({ hasEnvironment }) => hasEnvironment) ?? [];
  const lacking = ['pull-requests', 'issues'].filter((right) =>
    jobs.some(({ permissions }) => !permissions.includes(right)),
  );
  if (jobs.length === 0) return skip(`${file} has no job with an environment`);
  if (lacking.length === 0) return pass(`${file} lets it read pull requests and issues`);
  const rights = lacking.map((right) => `${right}: read`).join(', ');
  return fail('it may not, and so takes nothing', `add \`${rights}\` to the permissions of its job in ${file}`);
}

const file = '.github/workflows/apply.yml';

/** One that is merged counts until an apply has gone through it, which the doctor does not know. */
async function findLabelled(context: DoctorContext): Promise<Finding> {
  const { api, repository } = requireGitHub(context);
  const { stack } = context;
  const ask = createLabelQuestion(api, {
    ...chooseLabelledPulls(stack),
    isOver: async () => false,
  });
  try {
    const pull = await ask();
    if (pull === null) return pass('none has it');
    const until = pull.mergedAs === null ? '' : ' It is merged: this ends once an apply has gone through it.';
    const off = `gh pr edit ${pull.number} --repo ${repository} --remove-label ${pauseLabel}`;
    return warn(`${describeStop(toLabelStop(pull))}${until}`, off);
  } catch (error) {
    if (error instanceof DormantError) return skip('the token may not read pull requests and issues');
    throw error;
  }
}
