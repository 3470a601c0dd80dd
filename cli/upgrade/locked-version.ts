// Which published version of Dormant a lockfile names, and by which hash. Pure: the lockfile is a pull request's, so it is data, and
// what it may say is narrow.
import { DormantError } from '../../policy/errors.ts';
import { packageName } from '../new-repository/render-files.ts';

export interface LockedVersion {
  version: string;
  /** SHA-512 of the tarball, as npm writes it. */
  integrity: string;
}

/** Throws `upgrade-unpublished` (exit code 2) where that is no version of npm's own registry, or has no hash. */
export function parseLockedVersion(lockfile: string): LockedVersion {
  const { version, integrity, resolved } = findEntry(lockfile);
  const locked = requireLockedVersion(String(version), String(integrity));
  const published = `https://registry.npmjs.org/${packageName}/-/dormant-${locked.version}.tgz`;
  if (resolved !== published) throw refuse(`${packageName} comes from ${quote(resolved)}, and not from ${published}`);
  return locked;
}

/** Of words that somebody has given. Throws as above. */
export function requireLockedVersion(version: string, integrity: string): LockedVersion {
  if (!/^\d{1,9}\.\d{1,9}\.\d{1,9}$/.test(version))
    throw refuse(`${quote(version)} is no version of ${packageName}, such as 0.2.0`);
  if (!/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity))
    throw refuse(`${quote(integrity)} is no hash of ${packageName} ${version}, which begins with sha512-`);
  return { version, integrity };
}

function findEntry(lockfile: string): Record<string, unknown> {
  try {
    return JSON.parse(lockfile).packages[`node_modules/${packageName}`] ?? {};
  } catch {
    throw refuse('It is no lockfile that npm has written since version 7');
  }
}

function quote(value: unknown): string {
  return String(JSON.stringify(value)).slice(0, 120);
}

function refuse(what: string): DormantError {
  return new DormantError('upgrade-unpublished', `${what}.`, {
    exitCode: 2,
    where: 'package-lock.json of the pull request',
    remedy: 'Give the number of a pull request of `dormant upgrade`, to a version that is published.',
  });
}
