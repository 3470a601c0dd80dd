// What an upgrade is carried out by, and where.
import type { ReleasedPackage } from './released-package.ts';

/** What the version that was asked hands to the newer one; both are installed. */
export interface UpgradeOrder {
  /** The repository's own folder, for paths. */
  repository: string;
  /** A work tree of it at main's tip, on no branch: a commit in it is the upgrade. */
  tree: string;
  /** A new folder for what is needed on the way. */
  scratch: string;
  name: string;
  /** null: the code is a copy. */
  before: ReleasedPackage | null;
  after: ReleasedPackage;
  /** What package.json is to name: a version, or `file:` with a tarball. */
  source: string;
}
