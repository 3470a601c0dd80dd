// The options of a workflow run: the repository, the event, and what Actions has for its jobs.
import type { GitHubIdentity, RepositorySettings } from '@dormant-m365/emulator/github';
import type { WorkflowEvent } from './github-event.ts';

export interface WorkflowRunOptions {
  /** The workflow's file name, such as `audit.yml`; it is read from the event's commit, as GitHub does. */
  file: string;
  event: WorkflowEvent;
  /** The bare repository in place of the one on GitHub. */
  bare: string;
  /** `owner/name`. */
  repository: string;
  apiUrl: string;
  /** Which refs the environments admit. */
  settings: Pick<RepositorySettings, 'environments' | 'branchPolicies'>;
  /** A GITHUB_TOKEN with exactly these rights. */
  createToken(permissions: Record<string, string>): string;
  /** The GitHub App whose key create-github-app-token takes; null: there is none. */
  app: GitHubAppOptions | null;
  vars?: Record<string, string>;
  /** Of the repository; a fork's runs get none of them, and none of an environment. */
  secrets?: Record<string, string>;
  /** What Dependabot's runs get in place of all other secrets. */
  dependabotSecrets?: Record<string, string>;
  /** By environment: its variables, its secrets, and its identity's credentials. */
  environments?: Record<string, WorkflowEnvironment>;
  /** For every step, such as the URL of the embedded tenant. */
  env?: Record<string, string>;
  /** The node_modules that stand in for the installation of a job that has a credential. */
  installed: string;
  /** The `run:` of a step that fails, as when a registry is away. */
  failingStep?: string;
  /** Called with the step's name (or its action, or its command) before it runs: for what happens while a job is under way. */
  beforeStep?(name: string): void;
  /** The folder of the artifacts, one subfolder each. */
  artifacts: string;
  /** By artifact, what its upload was told of how many days to keep it. */
  retention: Map<string, string>;
}

interface GitHubAppOptions {
  clientId: string;
  privateKey: string;
  /** An installation's token with these of the App's permissions. */
  createToken(permissions: Partial<GitHubIdentity['permissions']>): string;
}

interface WorkflowEnvironment {
  vars?: Record<string, string>;
  secrets?: Record<string, string>;
  /** What Entra's trust in the environment's name gives a job that may ask for an id-token. */
  env?: Record<string, string>;
}
