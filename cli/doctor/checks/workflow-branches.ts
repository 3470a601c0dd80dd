// What starts on a push or a pull request: GitHub takes no expression for the branch, so its name stands in the workflow files.
import { type Check, fail, pass } from '../check.ts';
import { readDefaultBranch } from '../github.ts';
import { readWorkflows } from '../workflows.ts';

export const workflowBranches: Check = {
  name: 'branch of the workflows',
  needs: 'github',
  async run(context) {
    const main = await readDefaultBranch(context);
    const workflows = await readWorkflows(context.root);
    const others = files.filter((file) => {
      const { branches } = workflows.find(({ path }) => path === file) ?? {};
      return branches === undefined || branches.some((branch) => branch !== main);
    });
    if (others.length === 0) return pass(`they start on ${main}, the default branch`);
    const fix = `name ${main} under \`on:\` in ${others.join(', ')}`;
    return fail(
      `the default branch is ${main}, and no merge to it starts anything: they name another one, or are gone`,
      fix,
    );
  },
};

/** Ours that name it, each where a push or a pull request starts it. */
const files = ['apply', 'ask', 'ci', 'exemption'].map((name) => `.github/workflows/${name}.yml`);
