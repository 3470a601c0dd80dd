// Parses a workflow file, in the parts that this project's workflows use.
import { parse } from 'yaml';
import type { Json } from './expressions.ts';

export interface WorkflowStep {
  id?: string;
  name?: string;
  if?: string;
  uses?: string;
  with?: Record<string, string | number | boolean>;
  run?: string;
  env?: Record<string, string | number>;
  'continue-on-error'?: boolean;
}

export interface WorkflowJob {
  name?: string;
  needs?: string | string[];
  if?: string;
  environment?: string;
  strategy?: { 'max-parallel'?: string | number; matrix: Record<string, Json> };
  permissions?: Record<string, string>;
  env?: Record<string, string | number>;
  outputs?: Record<string, string>;
  steps: WorkflowStep[];
}

export interface WorkflowTrigger {
  inputs?: Record<string, { default?: Json }>;
  types?: string[];
  branches?: string[];
  tags?: string[];
  paths?: string[];
}

export interface Workflow {
  name: string;
  on: Record<string, WorkflowTrigger | null>;
  permissions?: Record<string, string>;
  env?: Record<string, string | number>;
  jobs: Record<string, WorkflowJob>;
}

/** Not validated here: actionlint checks the files. `on:` may be a name, or a list of names. */
export function parseWorkflow(text: string): Workflow {
  const { on, ...rest } = parse(text);
  const names: string[] | null = typeof on === 'string' ? [on] : Array.isArray(on) ? on : null;
  return { ...rest, on: names === null ? on : Object.fromEntries(names.map((name) => [name, null])) };
}

/** Sorts the jobs so that each comes after those it needs. */
export function sortJobs(jobs: Record<string, WorkflowJob>): [string, WorkflowJob][] {
  const done: [string, WorkflowJob][] = [];
  const rest = new Map(Object.entries(jobs));
  while (rest.size > 0) {
    const next = [...rest].find(([, job]) => listNeeds(job).every((need) => !rest.has(need)));
    if (next === undefined) throw new Error('The jobs need each other in a circle.');
    done.push(next);
    rest.delete(next[0]);
  }
  return done;
}

export function listNeeds({ needs }: WorkflowJob): string[] {
  return needs === undefined ? [] : [needs].flat();
}
