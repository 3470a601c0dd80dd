// What starts on a push or a pull request: GitHub takes no expression for the branch, so its name stands in the workflow files.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Check, fail, pass } from '../check.ts';
import { readDefaultBranch } from '../github.ts';

export const workflowBranches: Check = {
  name: 'branch of the workflows',
  needs: 'github',
  async run(context) {
    const main = await readDefaultBranch(context);
    const texts = await Promise.all(files.map((file) => readFile(join(context.root, file), 'utf8')));
    const others = files.filter((_, at) => listBranches(parse(texts[at] ?? '')).some((branch) => branch !== main));
    if (others.length === 0) return pass(`they start on ${main}, the default branch`);
    const fix = `name ${main} under \`on:\` in ${others.join(', ')}`;
    return fail(`the default branch is ${main}, and no merge to it starts anything: they name another one`, fix);
  },
};

const files = ['apply', 'ci', 'exemption', 'review'].map((name) => `.github/workflows/${name}.yml`);

type Event = { branches?: string[] } | null;

function listBranches({ on }: { on?: Record<string, Event> }): string[] {
  return Object.values(on ?? {}).flatMap((event) => event?.branches ?? []);
}
