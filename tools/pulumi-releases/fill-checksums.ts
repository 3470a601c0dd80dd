// The file of hashes with what the releases say, and what about it a person has to know.
import {
  nameArchive,
  type Program,
  parseChecksums,
  platforms,
  releases,
  versions,
} from '../../stacks/engine/pulumi-cli/checksums.ts';
import { type GitHubOrigins, gitHubOrigins, readPublishedHashes } from './published-hashes.ts';

interface FilledChecksums {
  /** The file anew. */
  text: string;
  /** What stayed empty, could not be asked or contradicts, as sentences. */
  notes: string[];
}

const programs: readonly Program[] = ['pulumi', 'azuread'];

/** A hash that stood there for the same version stays where nothing better was found. Throws `InvalidInput` of `before`. */
export async function fillChecksums(
  before: string,
  origins: GitHubOrigins = gitHubOrigins,
  pinned: Readonly<Record<Program, string>> = versions,
): Promise<FilledChecksums> {
  const known = parseChecksums(before);
  const filled = parseChecksums(before);
  const notes: string[] = [];
  for (const program of programs) {
    const version = pinned[program];
    const name = `${releases[program].title} ${version}`;
    const published = await readPublishedHashes(program, version, origins);
    notes.push(...published.notes.map((note) => `${name}: ${note}`));
    filled[program].version = version;
    for (const platform of platforms) {
      const stood = known[program].version === version ? known[program].sha256[platform] : null;
      const found = published.hashes.get(nameArchive(program, version, platform)) ?? null;
      if (found !== null && stood !== null && found !== stood)
        notes.push(`${name}, ${platform}: the release says ${found} and the file said ${stood}. Find out why.`);
      if (found === null && stood === null) notes.push(`${name}, ${platform}: nothing was found, so it stays empty.`);
      if (found === null && stood !== null) notes.push(`${name}, ${platform}: what stood there stays, unconfirmed.`);
      filled[program].sha256[platform] = found ?? stood;
    }
    const isConfirmed = ([platform, hash]: [string, string | null]) =>
      hash === null || published.hashes.has(nameArchive(program, version, platform));
    if (Object.entries(filled[program].sha256).every(isConfirmed)) filled[program].from = published.from;
  }
  return { text: `${JSON.stringify(filled, null, 2)}\n`, notes };
}
