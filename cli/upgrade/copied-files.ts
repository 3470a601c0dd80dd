// What of a copy of Dormant's repository is Dormant's, and goes once a package brings it. Pure.

/** Blob by path, of the commit that a package is built from. */
export type ProductFiles = Readonly<Record<string, string>>;

export interface CopiedFiles {
  removed: string[];
  /** Of those, the ones that the team, or another version, has otherwise. */
  changed: string[];
  /** What GitHub reads, as Dormant's own repository has it: the new version decides what becomes of it. */
  unchanged: string[];
}

/** `tracked`: blob by path. What the team has added or decides stays: see `isTeams`. */
export function listCopiedFiles(tracked: ReadonlyMap<string, string>, product: ProductFiles): CopiedFiles {
  const stacks = new Set(
    [...tracked.keys()].flatMap((path) => /^stacks\/([^/]+)\/tenant\.yaml$/.exec(path)?.[1] ?? []),
  );
  const removed = [...tracked.keys()].filter((path) => !isTeams(path, stacks) && isProducts(path, product));
  const isSame = (path: string) => product[path] === tracked.get(path);
  return {
    removed,
    changed: removed.filter((path) => !isSame(path)),
    unchanged: [...tracked.keys()].filter((path) => path.startsWith('.github/') && isSame(path)),
  };
}

/** Policy, prices and exemptions, the folders of tenants, and what the bootstrap was told about a tenant. */
function isTeams(path: string, stacks: ReadonlySet<string>): boolean {
  const [top, stack = ''] = path.split('/');
  if (top === 'stacks') return stacks.has(stack);
  return teamsFiles.has(path) || /^bootstrap\/Pulumi\.[^/]+\.yaml$/.test(path);
}

const teamsFiles = new Set(['exemptions.yaml', 'policy/policy.yaml', 'policy/prices.yaml']);

/** Code of another version is no more of use than that of this one. Workflows that a team has changed are left to it. */
function isProducts(path: string, product: ProductFiles): boolean {
  const folders = new Set(
    Object.keys(product).flatMap((each) => (each.includes('/') ? (each.split('/')[0] ?? []) : [])),
  );
  const isCode = folders.has(path.split('/')[0] ?? '') && /\.(c|m)?(ts|js)$/.test(path);
  return isCode || (path in product && !path.startsWith('.github/'));
}
