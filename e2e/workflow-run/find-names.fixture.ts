// Where a run of the workflows has left what names a person, outside of the places that may have it: the files, the content of
// artifacts, and the texts of pull requests and issues.
import { readdir } from 'node:fs/promises';
import { createGit } from '../../forge/git/git.ts';
import type { WorkflowWorld } from './workflow-world.fixture.ts';

/** Texts by place: logs, summaries, outputs, names of jobs and steps, branches, commits, artifacts, checks and our titles. */
export async function collectOpenTexts({
  jobs,
  standIn,
  bare,
  artifacts,
}: WorkflowWorld): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const [at, { name, environment, summary, outputs, steps }] of jobs.entries()) {
    texts.set(
      `names of job ${at}`,
      JSON.stringify({ name, environment, outputs, steps: steps.map((step) => step.name) }),
    );
    texts.set(`summary of job ${at}, ${name}`, summary);
    for (const step of steps) texts.set(`log of job ${at}, ${name}, ${step.name}`, step.log);
  }
  const git = createGit(bare);
  const { issues, statuses } = standIn.state;
  texts.set('branches', await git.run(['for-each-ref', '--format=%(refname)']));
  texts.set('commits', await git.run(['log', '--all', '--format=%B']));
  texts.set('artifacts', (await readdir(artifacts, { recursive: true })).join('\n'));
  texts.set('statuses', JSON.stringify(statuses));
  // The title of a form is what somebody wrote.
  texts.set('titles', issues.flatMap(({ title }) => (title.startsWith('Exemption:') ? [] : [title])).join('\n'));
  return texts;
}

/** Each line with one of `names` in it, whatever its case, after its place. */
export function findNames(texts: ReadonlyMap<string, string>, names: readonly string[]): string[] {
  const folded = names.map((name) => name.toLowerCase());
  return [...texts].flatMap(([place, text]) =>
    text.split('\n').flatMap((line) => {
      const low = line.toLowerCase();
      return folded.some((name) => low.includes(name)) ? [`${place}: ${line}`] : [];
    }),
  );
}
