// What a run of a workflow is given: the repository, the event, and what each environment holds.
import type { Json } from './expressions.ts';

export interface WorkflowRunOptions {
  /** The workflow's file name, such as `audit.yml`; it is read from `commit`, as GitHub does. */
  file: string;
  event: { name: string; payload: Record<string, Json>; inputs?: Record<string, Json> };
  /** The bare repository that stands for the one on GitHub. */
  bare: string;
  /** `owner/name`. */
  repository: string;
  /** What is checked out unless a step says otherwise. */
  commit: string;
  apiUrl: string;
  /** A GITHUB_TOKEN that may do what the job's `permissions:` say, and nothing else. */
  createToken(permissions: Record<string, string>): string;
  /** What create-github-app-token gives; the step is skipped by its own `if:` without vars.DORMANT_APP_CLIENT_ID. */
  appToken?: string;
  vars?: Record<string, string>;
  secrets?: Record<string, string>;
  /** By environment: its variables and secrets, and what its identity needs to sign in. */
  environments?: Record<string, { vars?: Record<string, string>; env?: Record<string, string> }>;
  /** For every step, such as where the embedded tenant is. */
  env?: Record<string, string>;
  /** A folder with node_modules, which stands in for `npm ci`. */
  installed: string;
  /** Where artifacts go, one folder each. */
  artifacts: string;
}
