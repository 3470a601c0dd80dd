// Who owns a path by CODEOWNERS: the last matching pattern wins, as on GitHub. Pure.
import picomatch from 'picomatch';

export interface CodeOwners {
  users: string[];
  /** Slugs, without the organisation. */
  teams: string[];
}

/** Where GitHub looks for the file, in this order. */
export const codeOwnersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

/** Owners of any of the paths, without mail addresses, from which no review can be requested. */
export function matchCodeOwners(text: string, paths: readonly string[]): CodeOwners {
  const rules = text.split('\n').flatMap(parseRule);
  const owners = new Set(paths.flatMap((path) => rules.findLast(({ matches }) => matches(path))?.owners ?? []));
  const users: string[] = [];
  const teams: string[] = [];
  for (const owner of owners) {
    const [, organisation, name] = /^@(?:([^/]+)\/)?([^/]+)$/.exec(owner) ?? [];
    if (name === undefined) continue;
    (organisation === undefined ? users : teams).push(name);
  }
  return { users: users.sort(), teams: teams.sort() };
}

/** The paths that nobody owns, whatever form an owner has. */
export function listUnowned(text: string, paths: readonly string[]): string[] {
  const rules = text.split('\n').flatMap(parseRule);
  return paths.filter((path) => !rules.findLast(({ matches }) => matches(path))?.owners.length);
}

interface Rule {
  matches(path: string): boolean;
  owners: string[];
}

function parseRule(line: string): Rule[] {
  const [pattern, ...owners] = line
    .replace(/\s#.*$|^#.*$/, '')
    .trim()
    .split(/\s+/);
  if (!pattern) return [];
  return [{ owners, matches: picomatch(toGlobs(pattern), { dot: true }) }];
}

/** CODEOWNERS' patterns are .gitignore's: a slash binds to the root, a folder means all below it. */
function toGlobs(pattern: string): string[] {
  const isRooted = pattern.replace(/\/$/, '').includes('/');
  const bare = pattern.replace(/^\//, '').replace(/\/$/, '');
  const at = isRooted ? bare : `**/${bare}`;
  if (pattern.endsWith('/')) return [`${at}/**`];
  return bare.endsWith('*') && isRooted ? [at] : [at, `${at}/**`];
}
