// The jobs of the workflows that are here: which have an environment, which secrets they name, where they run.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface WorkflowJob {
  hasEnvironment: boolean;
  secrets: readonly string[];
  /** The labels that a runner must have. */
  runsOn: readonly string[];
}

export async function readWorkflowJobs(root: string): Promise<WorkflowJob[]> {
  const folder = join(root, '.github/workflows');
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.ya?ml$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => Object.values<Job>(parse(text)?.jobs ?? {}).map(readJob));
}

interface Job {
  environment?: unknown;
  'runs-on'?: string | string[];
}

function readJob(job: Job): WorkflowJob {
  const named = JSON.stringify(job).matchAll(/\bsecrets\.(\w+)/g);
  return {
    hasEnvironment: job.environment !== undefined,
    secrets: [...named].flatMap(([, name]) => name ?? []),
    runsOn: [job['runs-on'] ?? []].flat(),
  };
}
