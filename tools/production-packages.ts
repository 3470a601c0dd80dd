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

/** The name of the package at a path, such as `@azure/identity`. */
export function getPackageName(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** A bill of materials in CycloneDX, in the parts that say which packages it is of. */
export interface BillOfMaterials {
  metadata: { component: { 'bom-ref': string } };
  components: { 'bom-ref': string }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

/** The bill without the packages that production does not install. */
export function keepProduction<Bill extends BillOfMaterials>(
  bill: Bill,
  packages: Readonly<Record<string, LockedPackage>>,
): Bill {
  const refs = new Set([bill.metadata.component['bom-ref']]);
  for (const [path, { version }] of listProductionPackages(packages)) refs.add(`${getPackageName(path)}@${version}`);
  return {
    ...bill,
    components: bill.components.filter((component) => refs.has(component['bom-ref'])),
    dependencies: bill.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map((each) => ({ ...each, dependsOn: each.dependsOn.filter((ref) => refs.has(ref)) })),
  };
}
