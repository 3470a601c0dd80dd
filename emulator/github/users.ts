// Who wrote something, as REST shows it: a GitHub App writes as its bot, whose login ends in `[bot]` (no person's can).

/**
 * The bot of Actions is one and the same everywhere on github.com: github.com/orgs/community/discussions/26560. Everybody else
 * gets a number that follows from the login.
 */
export function getUserId(login: string): number {
  return login === 'github-actions[bot]' ? 41_898_282 : countUp(login);
}

export function buildUserBody(login: string): Record<string, unknown> {
  return { login, id: getUserId(login), type: isBot(login) ? 'Bot' : 'User' };
}

/** Of issues and comments: docs.github.com/rest/issues/comments. null: a person wrote it. Pull requests do not have it. */
export function buildAppBody(login: string): Record<string, unknown> | null {
  if (!isBot(login)) return null;
  const slug = login.slice(0, -'[bot]'.length);
  return { id: slug === 'github-actions' ? 15_368 : countUp(slug), slug };
}

export function isBot(login: string): boolean {
  return login.endsWith('[bot]');
}

/** A number that follows from a name: an id for what GitHub counts and nothing here depends on. */
export function countUp(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000_007, 7);
}
