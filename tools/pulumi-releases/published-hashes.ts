// What a release on GitHub says of its archives: its own file of checksums, and the digest that GitHub took when each was uploaded.
import { type Fields, isFields } from '../../graph/json-fields.ts';
import { type Program, releases } from '../../stacks/engine/pulumi-cli/checksums.ts';

export interface GitHubOrigins {
  web: string;
  api: string;
}

export const gitHubOrigins: GitHubOrigins = { web: 'https://github.com', api: 'https://api.github.com' };

interface PublishedHashes {
  /** SHA-256 by the archive's name, in lower-case hexadecimal. */
  hashes: ReadonlyMap<string, string>;
  /** Where they are from. */
  from: string;
  notes: string[];
}

const timeoutMs = 30_000;

/**
 * Where the file of checksums has SHA-256, it and GitHub's digests have to agree. That of the plugin has SHA-1
 * (`shasum` without `-a`: https://github.com/pulumi/pulumi-azuread/blob/v6.9.1/.github/workflows/publish.yml), which is not taken:
 * there GitHub's digest is all there is (https://github.blog/changelog/2025-06-03-releases-now-expose-digests-for-release-assets/).
 */
export async function readPublishedHashes(
  program: Program,
  version: string,
  { web, api }: GitHubOrigins,
): Promise<PublishedHashes> {
  const { repository, nameChecksums } = releases[program];
  const file = nameChecksums(version);
  const notes: string[] = [];
  const listed = await readOrNote(notes, `${web}/${repository}/releases/download/v${version}/${file}`, parseChecksums);
  const digests = await readOrNote(notes, `${api}/repos/${repository}/releases/tags/v${version}`, parseDigests);
  if (listed?.size === 0 && digests === null) notes.push(`${file} has no SHA-256.`);
  const hashes = new Map<string, string>();
  for (const name of new Set([...(listed?.keys() ?? []), ...(digests?.keys() ?? [])])) {
    const found = new Set([listed?.get(name), digests?.get(name)].filter((hash) => hash !== undefined));
    const [hash] = found;
    if (found.size > 1) notes.push(`${file} and GitHub contradict each other about ${name}, so it is not taken.`);
    else if (hash !== undefined) hashes.set(name, hash);
  }
  return { hashes, from: `${web}/${repository}/releases/tag/v${version}`, notes };
}

async function readOrNote<T>(notes: string[], url: string, parse: (text: string) => T): Promise<T | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`the answer is ${response.status}`);
    return parse(await response.text());
  } catch (error) {
    const { message, cause } = error instanceof Error ? error : new Error(String(error));
    notes.push(`${url} could not be read: ${cause instanceof Error ? cause.message : message}.`);
    return null;
  }
}

/** Lines as `sha256sum` writes them; a shorter hash is another kind. */
function parseChecksums(text: string): Map<string, string> {
  const lines = text.matchAll(/^([0-9a-f]{64}) [ *](?:\.\/)?(\S+)$/gim);
  return new Map([...lines].map(([, hash = '', name = '']) => [name, hash.toLowerCase()]));
}

/** https://docs.github.com/rest/releases/releases#get-a-release-by-tag-name: `digest` is `sha256:<hexadecimal>` or null. */
function parseDigests(text: string): Map<string, string> {
  const release: unknown = JSON.parse(text);
  const assets: readonly unknown[] = isFields(release) && Array.isArray(release.assets) ? release.assets : [];
  return new Map(assets.filter(isFields).flatMap(readDigest));
}

function readDigest({ name, digest }: Fields): [string, string][] {
  const [, hash] = typeof digest === 'string' ? (/^sha256:([0-9a-f]{64})$/i.exec(digest) ?? []) : [];
  return typeof name === 'string' && hash !== undefined ? [[name, hash.toLowerCase()]] : [];
}
