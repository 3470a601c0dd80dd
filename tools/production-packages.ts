// What the workflows install beside a credential, read from package-lock.json. Pure.

export interface LockedPackage {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
  hasInstallScript?: boolean;
  bin?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** The command that installs them. npm runs no script of theirs, and brings no Node: that is the workflow's. */
export const productionInstall = 'npm ci --omit=dev --omit=optional --ignore-scripts';

/** The packages by their path, such as `node_modules/yaml`. The only link is the emulator, which is for developers. */
export function listProductionPackages(
  packages: Readonly<Record<string, LockedPackage>>,
): [path: string, locked: LockedPackage][] {
  return Object.entries(packages).filter(
    ([path, { link, dev, optional, devOptional }]) =>
      path.startsWith('node_modules/') && !(link || dev || optional || devOptional),
  );
}
