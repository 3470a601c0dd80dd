// A published version of Dormant, installed beside the repository to be run with a credential: with the hash that a lockfile has, and
// only if npm vouches for who published it (docs/decisions/0041-a-new-version-shows-what-it-would-do.md).
import { mkdir, rm } from 'node:fs/promises';
import { execa } from 'execa';
import { DormantError } from '../../policy/errors.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { packageName } from '../new-repository/render-files.ts';
import type { LockedVersion } from './locked-version.ts';
import { installPackage } from './released-package.ts';
import { findProvenanceFaults, type SignatureAudit } from './signature-audit.ts';

/** In the place of what is in `folder`. Nothing of it is run. Throws `npm-failed` and `version-unverified`, and then leaves nothing. */
export async function installVerified(locked: LockedVersion, folder: string, repository: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    await installPackage(locked.version, folder, repository);
    const installed = await readIntegrity(folder);
    if (installed !== locked.integrity)
      throw refuse(locked, [`npm has it with the hash ${installed}, and the pull request with ${locked.integrity}`]);
    const faults = findProvenanceFaults(await auditSignatures(folder), locked);
    if (faults.length > 0) throw refuse(locked, faults);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function readIntegrity(folder: string): Promise<string> {
  const lockfile = JSON.parse((await openWorkingTree(folder).read('package-lock.json')) ?? '{}');
  return String(lockfile.packages?.[`node_modules/${packageName}`]?.integrity);
}

/** Of everything that is installed there; npm answers in JSON where it fails, too. */
async function auditSignatures(folder: string): Promise<SignatureAudit> {
  const args = ['audit', 'signatures', '--omit=dev', '--omit=optional', '--json', '--include-attestations'];
  const { stdout, stderr } = await execa('npm', args, { cwd: folder, reject: false });
  try {
    return JSON.parse(stdout);
  } catch {
    return { error: { summary: stderr } };
  }
}

function refuse({ version }: LockedVersion, faults: readonly string[]): DormantError {
  return new DormantError('version-unverified', `${packageName} ${version} is not run here: ${faults.join('; ')}.`, {
    remedy: 'If npm could not be reached, start this again. Otherwise do not merge the pull request.',
  });
}
