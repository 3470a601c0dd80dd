// The options of a workflow run: the repository, the event, and the environments.
import type { Json } from './expressions.ts';

export interface WorkflowRunOptions {
  /** The workflow's file name, such as `audit.yml`; it is read from `commit`, as GitHub does. */
  file: string;
  event: { name: string; payload: Record<string, Json>; inputs?: Record<string, Json> };
  /** The bare repository in place of the one on GitHub. */
  bare: string;
  /** `owner/name`. */
  repository: string;
  /** The commit that is checked out unless a step says otherwise. */
  commit: string;
  apiUrl: string;
  /** A GITHUB_TOKEN with exactly the job's `permissions:`. */
  createToken(permissions: Record<string, string>): string;
  /** The token of create-github-app-token; its step is skipped by its own `if:` without vars.DORMANT_APP_CLIENT_ID. */
  appToken?: string;
  vars?: Record<string, string>;
  secrets?: Record<string, string>;
  /** By environment: its variables, its secrets, and its identity's credentials. */
  environments?: Record<string, WorkflowEnvironment>;
  /** For every step, such as the URL of the embedded tenant. */
  env?: Record<string, string>;
  /** The node_modules that stand in for the installation of a job that has a credential. */
  installed: string;
  /** The `run:` of a step that fails, as when a registry is away. */
  failingStep?: string;
  /** The folder of the artifacts, one subfolder each. */
  artifacts: string;
}

interface WorkflowEnvironment {
  vars?: Record<string, string>;
  secrets?: Record<string, string>;
  env?: Record<string, string>;
}
