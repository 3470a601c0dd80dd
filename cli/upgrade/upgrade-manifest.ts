// The package.json of a team's repository for another version: its own entries stay. Pure.

interface Manifest {
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  [field: string]: unknown;
}

interface ManifestVersions {
  /** As the version before generates it. */
  base: Manifest;
  ours: Manifest;
  /** As the new version generates it. */
  theirs: Manifest;
  packageName: string;
  /** A version, or `file:` with a tarball. */
  source: string;
}

/** The embedded tenant that is of a version is of the same one. */
const emulator = '@dormant-m365/emulator';

/** Scripts that the team has changed or added stay; those that it left as they were follow the new version. */
export function upgradeManifest({ base, ours, theirs, packageName, source }: ManifestVersions) {
  const { scripts: before = {} } = base;
  const { scripts: own = {} } = ours;
  const isOwn = ([name, script]: [string, string]) => script !== before[name];
  const generated = Object.entries(theirs.scripts ?? {}).filter(([name]) => own[name] === before[name]);
  const scripts = Object.fromEntries([...generated, ...Object.entries(own).filter(isOwn)]);
  const isVersion = !source.startsWith('file:');
  const { devDependencies } = ours;
  return {
    ...ours,
    scripts,
    dependencies: { ...ours.dependencies, [packageName]: source },
    ...(devDependencies?.[emulator] && isVersion
      ? { devDependencies: { ...devDependencies, [emulator]: source } }
      : {}),
  };
}
