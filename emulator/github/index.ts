// The stand-in for GitHub, and a repository for it to serve.
export { addComment } from './issue-routes.ts';
export {
  type ARepository,
  actionsIdentity,
  appIdentity,
  aRepository,
  type FileTexts,
  reviewerIdentity,
} from './repository.fixture.ts';
export { type GitHubOptions, type GitHubStandIn, startGitHub } from './server.ts';
export type { GitHubIdentity, Permission } from './state.ts';
