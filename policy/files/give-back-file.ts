// The files of give-back/ as text: where they lie, and how a new one is written. Pure.
import { Document } from 'yaml';
import { InvalidInput, type Problem } from '../errors.ts';
import { GiveBack } from '../schemas/give-back.ts';
import { type ParsedYaml, parseYaml } from '../yaml/parse-yaml.ts';

/** Relative to the repository's root. */
export function getGiveBackFolder(stack: string): string {
  return `stacks/${stack}/give-back`;
}

/** Of the account whose file, in use or archived, has this path: the same name. */
export function getGiveBackPath(stack: string, accountPath: string): string {
  return `${getGiveBackFolder(stack)}/${accountPath.slice(accountPath.lastIndexOf('/') + 1)}`;
}

/** What a stack has of them. One that cannot be read holds up nobody else. */
export interface LoadedGiveBacks {
  /** Sorted by path. */
  files: readonly ParsedYaml<GiveBack>[];
  /** What is wrong with those that cannot be read. */
  problems: readonly Problem[];
}

export const noGiveBacks: LoadedGiveBacks = { files: [], problems: [] };

/** `texts`: path → text. */
export function parseGiveBacks(texts: ReadonlyMap<string, string>): LoadedGiveBacks {
  const files: ParsedYaml<GiveBack>[] = [];
  const problems: Problem[] = [];
  for (const [path, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    try {
      files.push(parseYaml(GiveBack, path, text));
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      problems.push(...error.problems);
    }
  }
  return { files, problems };
}

/** The text of a new file. */
export function serialiseGiveBack({ account, reason, askedBy, askedOn }: GiveBack): string {
  return `${header}${new Document({ account, reason, askedBy, askedOn }).toString(layout)}`;
}

/** No line is folded, and a text with a line break is still one line. */
const layout = { lineWidth: 0, blockQuote: false, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER };

const header = `# yaml-language-server: $schema=../../../policy/schemas/give-back.schema.json
# Merged, this gives back what was taken from the account. The next proposal takes the file away; do not edit it.
`;
