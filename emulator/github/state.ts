// GitHub's data beside the git repository: pull requests, issues, comments, settings.
import type { Clock } from '../clock.ts';
import type { BareRepository } from './bare-repository.ts';

export type Permission =
  | 'actions'
  | 'administration'
  | 'contents'
  | 'environments'
  | 'issues'
  | 'metadata'
  | 'organization_administration'
  | 'organization_self_hosted_runners'
  | 'pull_requests'
  | 'secrets'
  | 'statuses'
  | 'variables';

/** The owner of a token: a person, or an app as its bot. */
export interface GitHubIdentity {
  login: string;
  email: string;
  type: 'Bot' | 'User';
  token: string;
  /** Of a bot: the id of its App, which a required check may be pinned to. */
  appId?: number;
  /** The permissions of the token; everything else is refused. */
  permissions: Partial<Record<Permission, 'read' | 'write'>>;
}

/** A label put on or taken off: https://docs.github.com/rest/using-the-rest-api/issue-event-types#labeled */
export interface LabelEvent {
  id: number;
  event: 'labeled' | 'unlabeled';
  label: string;
  /** Who did it. */
  login: string;
  created_at: string;
}

export interface Comment {
  id: number;
  body: string;
  login: string;
  created_at: string;
  updated_at: string;
}

/** An issue; every pull request is one, too, with the same number. */
export interface Issue {
  number: number;
  title: string;
  body: string | null;
  login: string;
  state: 'open' | 'closed';
  labels: string[];
  labelEvents: LabelEvent[];
  comments: Comment[];
  created_at: string;
  updated_at: string;
  closed_at: string | null;
  pull: PullRequest | null;
}

export interface PullRequest {
  /** `owner/name`: another one than this, if it comes from a fork. */
  headRepository: string;
  headRef: string;
  baseRef: string;
  /** Follows the branch while the pull request is open; afterwards it stays as it was. */
  headSha: string;
  /** The base that `refs/pull/{number}/merge` was last made with; null before the first time, and while it conflicts. */
  mergedWith: string | null;
  draft: boolean;
  merged_at: string | null;
  /** The commit on the base that has it, however it was merged; null while it is not. */
  mergeCommitSha: string | null;
  /** A login; null: nobody has, or a push did. */
  mergedBy: string | null;
  reviewers: string[];
  teams: string[];
  /** In the order of time. */
  reviews: Review[];
}

export interface Review {
  id: number;
  login: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';
  body: string;
  commitId: string;
  submitted_at: string;
}

/** An issue that is a pull request. */
export type Pull = Issue & { pull: PullRequest };

export interface CommitStatus {
  sha: string;
  state: string;
  context: string;
  description: string;
  target_url: string | null;
  /** Who set it: the App's id, null for a person. */
  appId: number | null;
}

/** A job of Actions on a commit, or another App's check. */
export interface CheckRun {
  sha: string;
  name: string;
  conclusion: string;
  appId: number | null;
}

interface Dispatch {
  workflow: string;
  ref: string;
  inputs: Record<string, string>;
}

/** Of the one repository that there is. */
export const repositoryId = 1_296_269;

/** Settings that a test may change. */
export interface RepositorySettings {
  private: boolean;
  /** Of the organisation: whether members who administer a repository may change its visibility. */
  membersMayChangeVisibility: boolean;
  /** Free plans have no drafts in private repositories. */
  draftsSupported: boolean;
  /** Without one a private repository has no rulesets: docs.github.com/get-started/learning-about-github/githubs-plans. */
  hasPaidPlan: boolean;
  /** Whether workflows may open and approve pull requests with their own token; GitHub's default is no. */
  actionsMayOpenPulls: boolean;
  /** Branches that a ruleset lets nobody create or update; null: there is no such rule. */
  refusedBranches: RegExp | null;
  /** What GitHub says of them: rulesets and protected branches have many words. */
  ruleMessage: string;
  /** Its status where a branch is merged into one of them. */
  mergesRefusedBy: 409 | 422;
  /** Logins and team slugs that may be asked for a review. */
  collaborators: string[];
  teams: string[];
  /** The most files in one createCommitOnBranch; whether GitHub has such a cap is disputed. */
  maxAdditions: number;
  /** Content-creating requests a minute before the secondary rate limit; 0 turns it off. GitHub's is 80. */
  contentPerMinute: number;
  deleteBranchOnMerge: boolean;
  /** Rules in force on the default branch beside those of `rulesets`, as `/rules/branches/{branch}` lists them. */
  rules: Record<string, unknown>[];
  environments: Record<string, Record<string, unknown>>;
  /** The branches and tags that each environment admits, as patterns. */
  branchPolicies: Record<string, { id?: number; name: string; type?: 'branch' | 'tag' }[]>;
  /** Names of the secrets of each environment, and of the repository as `''`. */
  secrets: Record<string, readonly string[]>;
  /** Variables of each environment, and of the repository as `''`. */
  variables: Record<string, Record<string, string>>;
  /** Names of the organisation's secrets that the repository gets. */
  organizationSecrets: readonly string[];
  /** Self-hosted runners of the repository. */
  runners: { name: string; labels: readonly string[]; ephemeral?: boolean }[];
  /** The organisation's groups of self-hosted runners that this repository may use. */
  runnerGroups: {
    name: string;
    runners: RepositorySettings['runners'];
    /** The enterprise's. Its runners are not shown. */
    inherited?: boolean;
    /** null or nothing: every workflow. With the ref, such as `@refs/heads/main`. */
    selectedWorkflows?: readonly string[] | null;
  }[];
  /** Runs of workflow files, newest first, as `/actions/workflows/{file}/runs` lists them; by schedule, unless they say otherwise. */
  runs: Record<string, Record<string, unknown>[]>;
  /** What runs have kept, the newest first, as `/actions/artifacts` lists it. */
  artifacts: { name: string; run: number; commit: string; created_at: string; expired?: boolean }[];
  /** States of workflow files that are not `active`, such as `disabled_inactivity`. */
  stopped: Record<string, string>;
  /** Rulesets by their id, as far as the caller may open them. One that is active puts its rules on the branches it names. */
  rulesets: Record<string, Record<string, unknown>>;
}

export interface GitHubState {
  /** What the addresses of pages begin with. */
  serverUrl: string;
  owner: string;
  name: string;
  defaultBranch: string;
  repository: BareRepository;
  clock: Clock;
  settings: RepositorySettings;
  issues: Issue[];
  /** Labels that the repository has; one that is put on an issue is made. */
  labels: { name: string; color: string; description: string | null }[];
  statuses: CommitStatus[];
  checkRuns: CheckRun[];
  dispatches: Dispatch[];
  /** Commits made and signed by GitHub itself. */
  signed: Set<string>;
}

export const defaultSettings: RepositorySettings = {
  private: true,
  membersMayChangeVisibility: true,
  draftsSupported: true,
  hasPaidPlan: true,
  actionsMayOpenPulls: true,
  refusedBranches: null,
  ruleMessage: 'Repository rule violations found\n\nCannot update this protected ref.\n\n',
  mergesRefusedBy: 422,
  collaborators: [],
  teams: [],
  maxAdditions: 100,
  contentPerMinute: 0,
  deleteBranchOnMerge: false,
  rules: [],
  environments: {},
  branchPolicies: {},
  secrets: {},
  variables: {},
  organizationSecrets: [],
  runners: [],
  runnerGroups: [],
  runs: {},
  artifacts: [],
  stopped: {},
  rulesets: {},
};

/** GitHub's timestamps have no fraction of a second. */
export function formatNow(state: GitHubState): string {
  return new Date(state.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
}

export function getNextNumber(state: GitHubState): number {
  return state.issues.length + 1;
}
