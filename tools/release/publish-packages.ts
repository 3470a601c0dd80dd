// Hands tarballs to npm, each once: a run that is repeated goes on where it ended.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface BuiltPackage {
  /** Name and version, such as `@dormant-m365/dormant@0.1.0`. */
  spec: string;
  /** Absolute. */
  tarball: string;
}

interface PublishOptions {
  /** Everything but the upload, which needs no right. */
  isDryRun: boolean;
  say(sentence: string): void;
}

/** Older ones know nothing of trusted publishing (https://docs.npmjs.com/trusted-publishers). */
const neededNpm = '11.5.1';

/** One after the other. Throws what npm says, and where the registry has other bytes of that version. */
export async function publishPackages(
  built: readonly BuiltPackage[],
  { isDryRun, say }: PublishOptions,
): Promise<void> {
  await requireNpm();
  for (const { spec, tarball } of built) {
    const integrity = `sha512-${createHash('sha512')
      .update(await readFile(tarball))
      .digest('base64')}`;
    const published = await readPublished(spec);
    if (published === integrity) {
      say(`${spec} is published already, with these bytes.`);
    } else if (published !== null) {
      throw new Error(`${spec} is published already, with other bytes: ${published}. Raise the version.`);
    } else {
      // Public, and with its provenance: its own package.json says so.
      await runNpm('publish', tarball, ...(isDryRun ? ['--dry-run'] : []));
      say(isDryRun ? `${spec} could be published.` : `${spec} is published.`);
    }
  }
}

async function requireNpm(): Promise<void> {
  const found = (await runNpm('--version')).trim();
  if (found.localeCompare(neededNpm, 'en', { numeric: true }) < 0)
    throw new Error(`This is npm ${found}, and publishing without a token needs ${neededNpm}: use Node 24.`);
}

/** Its hash in the registry; null: it is not there. */
async function readPublished(spec: string): Promise<string | null> {
  try {
    return JSON.parse(await runNpm('view', spec, 'dist.integrity', '--json'));
  } catch (error) {
    if (error instanceof Error && error.message.includes('E404')) return null;
    throw error;
  }
}

/** Its reasons are in the error, also where `npm run -s` has told it to be silent. */
async function runNpm(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', [...args, '--loglevel=notice'], {
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  return stdout;
}
