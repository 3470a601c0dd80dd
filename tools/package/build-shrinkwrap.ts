// The npm-shrinkwrap.json of a package: whoever installs it gets the versions and hashes that were reviewed and tested here, not
// what the registry has of each range by then (https://docs.npmjs.com/cli/v11/configuring-npm/npm-shrinkwrap-json). Pure.
import { type LockedPackage, listProductionPackages } from '../production-packages.ts';

interface Lockfile {
  lockfileVersion: number;
  requires?: boolean;
  packages: Record<string, LockedPackage>;
}

/** `manifest`: as it is published. */
export function buildShrinkwrap({ lockfileVersion, packages }: Lockfile, manifest: Record<string, unknown>) {
  const { name, version, license, dependencies, bin, engines } = manifest;
  return {
    ...{ name, version, lockfileVersion, requires: true },
    packages: {
      '': { name, version, license, dependencies, bin, engines },
      ...Object.fromEntries(listProductionPackages(packages)),
    },
  };
}
