// The workflows that are here: on which branches they start, and of their jobs the environment, the secrets and the runners.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface WorkflowJob {
  hasEnvironment: boolean;
  secrets: readonly string[];
  /** Of its token, at whatever level. */
  permissions: readonly string[];
  /** The labels that a runner must have. */
  runsOn: readonly string[];
}

export interface WorkflowFile {
  path: string;
  /** That its events are limited to. */
  branches: readonly string[];
  jobs: readonly WorkflowJob[];
}

/** Sorted by path. */
export async function readWorkflows(root: string): Promise<WorkflowFile[]> {
  const names = (await readdir(join(root, folder)).catch(() => [])).filter((name) => /\.ya?ml$/.test(name));
  return Promise.all(
    names.sort().map(async (name) => {
      const path = `${folder}/${name}`;
      const { on, jobs }: Workflow = parse(await readFile(join(root, path), 'utf8')) ?? {};
      const branches = Object.values(on ?? {}).flatMap((event) => event?.branches ?? []);
      return { path, branches, jobs: Object.values(jobs ?? {}).map(readJob) };
    }),
  );
}

export async function readWorkflowJobs(root: string): Promise<WorkflowJob[]> {
  return (await readWorkflows(root)).flatMap(({ jobs }) => jobs);
}

const folder = '.github/workflows';

interface Workflow {
  on?: Record<string, { branches?: string[] } | null>;
  jobs?: Record<string, Job>;
}

interface Job {
  environment?: unknown;
  permissions?: Record<string, string>;
  'runs-on'?: string | string[];
}

function readJob(job: Job): WorkflowJob {
  const named = JSON.stringify(job).matchAll(/\bsecrets\.(\w+)/g);
  return {
    hasEnvironment: job.environment !== undefined,
    permissions: Object.entries(job.permissions ?? {}).flatMap(([right, level]) => (level === 'none' ? [] : right)),
    secrets: [...named].flatMap(([, name]) => name ?? []),
    runsOn: [job['runs-on'] ?? []].flat(),
  };
}
