// The file of hashes with what the releases say, and what about it a person has to know.
import { parseDocument } from 'yaml';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import {
  Checksums,
  checksumsPath,
  nameArchive,
  type Program,
  platforms,
  releases,
  versions,
} from '../../stacks/engine/pulumi-cli/checksums.ts';
import { type GitHubOrigins, gitHubOrigins, readPublishedHashes } from './published-hashes.ts';

interface FilledChecksums {
  /** The file anew, with its comments. */
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
  const known = parseYaml(Checksums, checksumsPath, before).value;
  const document = parseDocument(before);
  const notes: string[] = [];
  for (const program of programs) {
    const version = pinned[program];
    const name = `${releases[program].title} ${version}`;
    const published = await readPublishedHashes(program, version, origins);
    notes.push(...published.notes.map((note) => `${name}: ${note}`));
    document.setIn([program, 'version'], version);
    for (const platform of platforms) {
      const stood = known[program].version === version ? known[program].sha256[platform] : null;
      const found = published.hashes.get(nameArchive(program, version, platform)) ?? null;
      if (found !== null && stood !== null && found !== stood)
        notes.push(`${name}, ${platform}: the release says ${found} and the file said ${stood}. Find out why.`);
      if (found === null && stood === null) notes.push(`${name}, ${platform}: nothing was found, so it stays empty.`);
      if (found === null && stood !== null) notes.push(`${name}, ${platform}: what stood there stays, unconfirmed.`);
      document.setIn([program, 'sha256', platform], found ?? stood);
    }
  }
  return { text: document.toString({ lineWidth: 0 }), notes };
}
