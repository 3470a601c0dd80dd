// Everything readable that a run of the workflows leaves: logs, summaries, artifacts, state, commits, GitHub.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { WorkflowWorld } from './workflow-world.fixture.ts';

/** Texts by location. The state is read from disk, so its secrets are encrypted. */
export async function collectLeftovers(world: WorkflowWorld): Promise<Map<string, string>> {
  const { jobs, standIn, clone, folder } = world;
  const texts = new Map<string, string>();
  for (const [at, { name, steps, outputs }] of jobs.entries()) {
    texts.set(`outputs of job ${at}, ${name}`, JSON.stringify(outputs));
    for (const step of steps) {
      const place = `job ${at}, ${name}, ${step.name}`;
      texts.set(`log of ${place}`, step.log).set(`summary of ${place}`, step.summary);
    }
  }
  for (const part of ['state', 'artifacts']) {
    const entries = await readdir(join(folder, part), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((it) => it.isFile())) {
      const path = join(entry.parentPath, entry.name);
      texts.set(relative(folder, path), await readFile(path, 'utf8'));
    }
  }
  await clone.run(['fetch', '--quiet', 'origin', '+refs/*:refs/all/*']);
  texts.set('commits', await clone.run(['log', '--all', '--patch', '--', 'stacks/*/accounts', 'exemptions.yaml']));
  texts.set('issues and pull requests', JSON.stringify(standIn.state.issues));
  texts.set('statuses', JSON.stringify(standIn.state.statuses));
  return texts;
}

/** The locations of one of `secrets`, or of anything in the shape of a JSON Web Token. */
export function findSecrets(texts: ReadonlyMap<string, string>, secrets: ReadonlyMap<string, string>): string[] {
  return [...texts].flatMap(([place, text]) => [
    ...[...secrets].flatMap(([secret, what]) => (hasSecret(text, secret) ? [`${what} in ${place}`] : [])),
    ...(/eyJ[\w-]{10,}\.eyJ[\w-]{10,}\./.test(text) ? [`a JSON Web Token in ${place}`] : []),
  ]);
}

/** Finds the secret as it is, and in base64. */
function hasSecret(text: string, secret: string): boolean {
  return text.includes(secret) || text.includes(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
}
