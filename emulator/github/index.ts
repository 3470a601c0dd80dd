// The stand-in for GitHub, and a repository for it to serve.
export { admitsRef, limitPermissions, matchesFilter, type RunSource } from './actions.ts';
export { addComment } from './issue-routes.ts';
export { createMergeGroup, mergeGroup } from './merge-queue.ts';
export { listPulls } from './open-pull.ts';
export {
  type ARepository,
  actionsIdentity,
  appIdentity,
  aRepository,
  type FileTexts,
  reviewerIdentity,
} from './repository.fixture.ts';
export { type GitHubOptions, type GitHubStandIn, startGitHub } from './server.ts';
export type { GitHubIdentity, Permission, Pull, RepositorySettings } from './state.ts';
