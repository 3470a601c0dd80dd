// A workflow as its file says it, in the parts that this project's workflows use.
import { parse } from 'yaml';
import type { Json } from './expressions.ts';

export interface Step {
  id?: string;
  name?: string;
  if?: string;
  uses?: string;
  with?: Record<string, string | number | boolean>;
  run?: string;
  env?: Record<string, string | number>;
}

export interface Job {
  name?: string;
  needs?: string | string[];
  if?: string;
  environment?: string;
  strategy?: { 'max-parallel'?: string | number; matrix: Record<string, Json> };
  permissions?: Record<string, string>;
  env?: Record<string, string | number>;
  outputs?: Record<string, string>;
  steps: Step[];
}

export interface Workflow {
  name: string;
  on: Record<string, { inputs?: Record<string, { default?: Json }> } | null>;
  permissions?: Record<string, string>;
  env?: Record<string, string | number>;
  jobs: Record<string, Job>;
}

/** actionlint vouches for the shape of the files that this is used on. */
export function readWorkflow(text: string): Workflow {
  return parse(text) as Workflow;
}

/** The jobs in an order in which each comes after those that it needs. */
export function inOrder(jobs: Record<string, Job>): [string, Job][] {
  const done: [string, Job][] = [];
  const rest = new Map(Object.entries(jobs));
  while (rest.size > 0) {
    const next = [...rest].find(([, job]) => needsOf(job).every((need) => !rest.has(need)));
    if (next === undefined) throw new Error('the jobs need each other');
    done.push(next);
    rest.delete(next[0]);
  }
  return done;
}

export function needsOf({ needs }: Job): string[] {
  return needs === undefined ? [] : [needs].flat();
}
