// The release on GitHub, made when npm has the packages.

interface Repository {
  /** Of GitHub's API, such as `https://api.github.com`. */
  api: string;
  /** Owner and name. */
  name: string;
  token: string;
}

/** Leaves a release of that tag as it is. Throws what GitHub says. */
export async function announceRelease(
  repository: Repository,
  { tag, body }: { tag: string; body: string },
): Promise<void> {
  // https://docs.github.com/rest/releases/releases
  const existing = await send(repository, `/tags/${tag}`);
  if (existing.ok) return;
  if (existing.status !== 404) throw await describeRefusal(existing);
  const made = await send(repository, '', { method: 'POST', body: JSON.stringify({ tag_name: tag, name: tag, body }) });
  if (!made.ok) throw await describeRefusal(made);
}

function send({ api, name, token }: Repository, path: string, request: RequestInit = {}): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}`, Accept: 'application/vnd.github+json' };
  return fetch(`${api}/repos/${name}/releases${path}`, { ...request, headers });
}

async function describeRefusal(response: Response): Promise<Error> {
  return new Error(`GitHub answered ${response.status}: ${await response.text()}`);
}
