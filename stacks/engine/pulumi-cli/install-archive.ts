// An archive of a release: downloaded, held against its pinned SHA-256, and only then unpacked. Nothing of it is run here.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';
import type { Archive } from './checksums.ts';
import { runWithMachineLock } from './machine-lock.ts';
import type { ReportProgress } from './pulumi-build.ts';
import { keepToolVariables } from './tool-environment.ts';

export interface InstallOptions {
  /** Of the command: where its cache and its tools are. */
  env: NodeJS.ProcessEnv;
  /** Takes sentences about the progress. */
  say?: ReportProgress;
  /** A download is given up when nothing has come for so long, in milliseconds. */
  stallMs?: number;
}

interface UnpackedAs {
  /** How many folders of the archive's names are left out. */
  strip: number;
  /** Where its files go, relative to the folder. */
  into: string;
}

/** Ends for what does not end: far above any archive of Pulumi's, and any wait for one. */
const maxBytes = 600 * 1024 * 1024;
const maxMs = 30 * 60_000;
const megabyte = 1024 * 1024;

/**
 * The folder for what `vouching` vouches for: a hash, so that it holds nothing but what was verified against it. Shared with
 * nobody: what lies in ~/.pulumi/versions and ~/.pulumi/plugins was put there by installers that compare nothing.
 */
export function getInstallFolder(env: NodeJS.ProcessEnv, name: string, version: string, vouching: string): string {
  const cache = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'dormant', `${name}-${version}-${vouching}`);
}

/** One process of this machine at a time; `install` has to look once more. */
export async function installAlone<T>(
  folder: string,
  title: string,
  say: ReportProgress,
  install: () => Promise<T>,
): Promise<T> {
  const wait = () => say(`waiting for another process that installs the ${title}`);
  return runWithMachineLock(`${folder}.lock`, wait, install);
}

/**
 * Puts the archive's files into `folder` in one rename, in place of what is there. Returns why that was not possible, as a
 * clause; null: done. Called under the lock of the folder.
 */
export async function installArchive(
  archive: Archive,
  folder: string,
  { strip, into }: UnpackedAs,
  options: InstallOptions,
): Promise<string | null> {
  await removeUnfinished(folder);
  const unfinished = await mkdtemp(`${folder}.unfinished-`);
  try {
    const file = join(unfinished, 'archive.tar.gz');
    const failure = await downloadVerified(archive, file, options);
    if (failure !== null) return failure;
    const files = join(unfinished, 'files');
    await mkdir(join(files, into), { recursive: true });
    // -o: the files are of whoever unpacks them, also for root.
    await execa('tar', ['-xzof', file, '-C', join(files, into), `--strip-components=${strip}`], {
      env: keepToolVariables(options.env),
      extendEnv: false,
    });
    await rm(folder, { recursive: true, force: true });
    await rename(files, folder);
    return null;
  } catch (error) {
    return `its archive could not be unpacked: ${describeReason(error)}`;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** What a killed download left. */
async function removeUnfinished(folder: string): Promise<void> {
  const beside = dirname(folder);
  await mkdir(beside, { recursive: true });
  const left = (await readdir(beside)).filter((name) => name.startsWith(`${basename(folder)}.unfinished-`));
  await Promise.all(left.map((name) => rm(join(beside, name), { recursive: true, force: true })));
}

async function downloadVerified(archive: Archive, file: string, options: InstallOptions): Promise<string | null> {
  const reasons: string[] = [];
  for (const url of archive.urls) {
    try {
      const found = await download(url, file, archive, options);
      if (found === archive.sha256) return null;
      reasons.push(`${new URL(url).host}: another SHA-256 than the pinned one, ${found}, so it was thrown away`);
    } catch (error) {
      reasons.push(`${new URL(url).host}: ${describeReason(error)}`);
    }
  }
  return `its archive cannot be had (${reasons.join('; ')})`;
}

/** Returns the SHA-256 of what has come, in hexadecimal. */
async function download(
  url: string,
  file: string,
  { title, version }: Archive,
  { say = () => {}, stallMs = 10_000 }: InstallOptions,
): Promise<string> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new Error(`nothing came for ${stallMs / 1_000} s`)), stallMs);
  const signal = AbortSignal.any([stalled.signal, AbortSignal.timeout(maxMs)]);
  const hash = createHash('sha256');
  let bytes = 0;
  let saidAt = 0;
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || response.body === null) throw new Error(`the answer is ${response.status}`);
    const count = (chunk: Buffer) => {
      timer.refresh();
      bytes += chunk.length;
      if (bytes > maxBytes) throw new Error(`it is larger than ${maxBytes / megabyte} MB`);
      hash.update(chunk);
      if (performance.now() - saidAt < 1_000) return;
      saidAt = performance.now();
      say(`downloading the ${title} ${version}: ${Math.ceil(bytes / megabyte)} MB`);
    };
    await pipeline(Readable.fromWeb(response.body), passThrough(count), createWriteStream(file), { signal });
    return hash.digest('hex');
  } finally {
    clearTimeout(timer);
  }
}

function passThrough(look: (chunk: Buffer) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _, done) {
      try {
        look(chunk);
        done(null, chunk);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}

/** In one line; of a failed `fetch`, why. */
function describeReason(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  const [line = ''] = (cause instanceof Error && cause.message !== '' ? cause.message : message).split('\n', 1);
  return line;
}
