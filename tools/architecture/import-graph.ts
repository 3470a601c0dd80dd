// Who imports whom, between folders: counted from dependency-cruiser's list of modules. Pure.

/** As much of dependency-cruiser's JSON as the count needs. */
export interface Module {
  source: string;
  dependencies: readonly { resolved: string }[];
}

export interface Arrow {
  from: string;
  to: string;
  /** Import statements, those of types included. */
  imports: number;
}

export interface ImportGraph {
  rooms: string[];
  arrows: Arrow[];
}

const testSupport = /\.(test|fixture)\.ts$/;
/** What is there for developers only: it may look at everything, so its arrows tell nothing. */
const developerFolders = /^(bench|docs|e2e|tools)\//;

export const isProductFile = (path: string): boolean => isOwnFile(path) && !developerFolders.test(path);

/** The first folder of the path: `policy/plan/move.ts` is in `policy`. */
export function getTopFolder(path: string): string {
  return path.split('/')[0] ?? path;
}

/**
 * Product code only. A target outside of it (a tool that a command calls) is drawn, too: it is an arrow that should not be.
 * Packages and files at the root are left out.
 */
export function countImports(modules: readonly Module[], roomOf: (path: string) => string): ImportGraph {
  const sources = modules.filter(({ source }) => isProductFile(source));
  const rooms = new Set(sources.map(({ source }) => roomOf(source)));
  const counts = new Map<string, Arrow>();
  for (const { source, dependencies } of sources)
    for (const { resolved } of dependencies) {
      if (!isOwnFile(resolved)) continue;
      const [from, to] = [roomOf(source), roomOf(resolved)];
      if (from === to) continue;
      rooms.add(to);
      const arrow = counts.get(`${from} ${to}`) ?? { from, to, imports: 0 };
      counts.set(`${from} ${to}`, { ...arrow, imports: arrow.imports + 1 });
    }
  return { rooms: [...rooms].sort(), arrows: [...counts.values()].sort(compareArrows) };
}

/** The arrows inside of one top folder, between its rooms. */
export function countImportsWithin(modules: readonly Module[], folder: string): ImportGraph {
  const isInside = (path: string) => getTopFolder(path) === folder;
  const inside = modules
    .filter(({ source }) => isInside(source))
    .map(({ source, dependencies }) => ({
      source,
      dependencies: dependencies.filter(({ resolved }) => isInside(resolved)),
    }));
  return countImports(inside, getRoom);
}

/** The second folder inside of `folder`, `policy/plan`; what lies in the folder itself is in the room `policy`. */
function getRoom(path: string): string {
  return path.split('/').slice(0, -1).slice(0, 2).join('/');
}

function isOwnFile(path: string): boolean {
  return /^(?!node_modules\/)[\w.-]+\/.*\.ts$/.test(path) && !path.endsWith('.d.ts') && !testSupport.test(path);
}

function compareArrows(a: Arrow, b: Arrow): number {
  return a.from.localeCompare(b.from) || a.to.localeCompare(b.to);
}
