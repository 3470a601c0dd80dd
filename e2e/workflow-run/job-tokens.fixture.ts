// The tokens that jobs get: GITHUB_TOKEN as github-actions[bot], and an installation's as the company's GitHub App.
import { actionsIdentity, appIdentity, type GitHubIdentity, type Permission } from '@dormant-m365/emulator/github';

/** The GitHub App of this company, and the permissions that it was given. */
export const appKey = '-----BEGIN RSA PRIVATE KEY-----\nof the App\n-----END RSA PRIVATE KEY-----';
export const appOptions = { clientId: 'Iv23liDormant', privateKey: appKey };

/** As docs/guides/github.md has it made, part 4. */
const ofApp: GitHubIdentity['permissions'] = {
  ...{ actions: 'read', contents: 'write', issues: 'write', pull_requests: 'write', statuses: 'write' },
};

/** GitHub refuses what the installation does not have: https://docs.github.com/rest/apps/apps */
export function createAppToken(identities: GitHubIdentity[], asked: Partial<GitHubIdentity['permissions']>): string {
  const excess = Object.entries(asked).filter(([name, level]) => {
    const had = ofApp[name as Permission];
    return had !== 'write' && had !== level;
  });
  if (excess.length > 0) throw new Error('The permissions requested are not granted to this installation.');
  return createToken(identities, appIdentity, asked as Record<string, string>);
}

/** A GITHUB_TOKEN with exactly these rights. */
export function createJobToken(identities: GitHubIdentity[], permissions: Record<string, string>): string {
  return createToken(identities, actionsIdentity, permissions);
}

/** A token of the bot with exactly these permissions, by their names in `permissions:` or in the API. */
function createToken(identities: GitHubIdentity[], bot: GitHubIdentity, permissions: Record<string, string>): string {
  const granted: GitHubIdentity['permissions'] = { metadata: 'read' };
  for (const [name, level] of Object.entries(permissions)) {
    const permission = permissionNames[name.replaceAll('-', '_')];
    if (permission && (level === 'read' || level === 'write')) granted[permission] = level;
  }
  const token = `ghs_${identities.length}`;
  identities.push({ ...bot, token, permissions: granted });
  return token;
}

const permissionNames: Record<string, Permission> = {
  actions: 'actions',
  contents: 'contents',
  issues: 'issues',
  pull_requests: 'pull_requests',
  statuses: 'statuses',
};
