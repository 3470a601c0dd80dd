// `dormant init --new`: a team's own repository, which holds what the team decides and the one version of Dormant that carries it out.
import { readFile, realpath } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGit } from '../../forge/git/git.ts';
import { DormantError } from '../../policy/errors.ts';
import { type NewFile, writeTogether } from '../init/write-together.ts';
import { listEntries } from '../list-entries.ts';
import { version } from '../version.ts';
import {
  bootstrapProgram,
  gitignore,
  renderBootstrapFile,
  renderPulumiFile,
  renderTeamManifest,
  renderTeamReadme,
} from './render-files.ts';
import { runNpm } from './run-npm.ts';
import { teamFiles } from './team-files.ts';

/** Of this checkout, or of the installed package. */
const own = fileURLToPath(new URL('../../', import.meta.url));

export interface NewRepository {
  folder: string;
  written: string[];
  /** What to run next, in order. */
  next: string[];
  /** A git repository was begun there, and all of it is staged for the first commit. */
  isBegun: boolean;
}

interface CreateOptions {
  /** What npm is asked to install: a version, or a tarball. Default: this version. */
  source?: string | undefined;
  /** What its default branch is to be called. Default: main. */
  main?: string | undefined;
  /** false: its hashes are left to the first `npm install` there. */
  hasLockfile: boolean;
  /** Called before what takes seconds. */
  say(sentence: string): void;
}

/** Throws `DormantError` with exit code 2 where the folder has something in it, before anything is written. */
export async function createRepository(
  given: string,
  { source, main = 'main', hasLockfile, say }: CreateOptions,
): Promise<NewRepository> {
  const folder = resolve(given);
  await requireEmpty(folder);
  const written = await buildFiles(basename(folder), source === undefined ? version : resolveSource(source));
  const files = written.map((file) => nameMain(file, main));
  await writeTogether(folder, files);
  if (hasLockfile) {
    say('Asking npm for the hashes of this version and of all that it needs …');
    await writeLockfile(folder);
  }
  const isBegun = await beginHistory(folder, main);
  return {
    folder,
    written: teamFiles.map(({ path }) => path).filter((path) => hasLockfile || path !== lockfile),
    next: [
      ...(folder === process.cwd() ? [] : [`cd ${given}`]),
      isBegun ? commit : `git init --initial-branch=${main} && git add --all && ${commit}`,
      hasLockfile ? 'npm ci' : 'npm install',
      'npx dormant init <stack>',
    ],
    isBegun,
  };
}

/** GitHub takes no expression for the branches that start a workflow, so the name itself stands in the files. */
function nameMain({ path, text, ...file }: NewFile, main: string): NewFile {
  const name = /^[A-Za-z][\w./-]*$/.test(main) ? main : JSON.stringify(main);
  const isWorkflow = path.startsWith('.github/workflows/');
  return { ...file, path, text: isWorkflow ? text.replaceAll('branches: [main]', `branches: [${name}]`) : text };
}

async function requireEmpty(folder: string): Promise<void> {
  const [first] = (await listEntries(folder)).filter((name) => name !== '.git');
  if (first === undefined) return;
  throw new DormantError('would-overwrite', `${folder} is not empty: it has ${first}. Nothing was written.`, {
    exitCode: 2,
    where: folder,
    remedy: 'Name a folder that is new, or an empty clone.',
  });
}

const commit = 'git commit --all -m "Adopt Dormant"';

/** Not within another repository, and where git is missing it is left to the person. */
async function beginHistory(folder: string, main: string): Promise<boolean> {
  const git = createGit(folder);
  try {
    const top = await git.runOrNull(['rev-parse', '--show-toplevel']);
    if (top !== null && (await realpath(top)) !== (await realpath(folder))) return false;
    if (top === null) await git.run(['init', '--quiet', `--initial-branch=${main}`]);
    await stageAll(folder);
    return true;
  } catch {
    return false;
  }
}

/** For the first commit. */
export async function stageAll(folder: string): Promise<void> {
  await createGit(folder).run(['add', '--all']);
}

/** npm takes a path for the folder of its own that it runs in. */
export function resolveSource(source: string): string {
  return source.endsWith('.tgz') && !source.startsWith('file:') ? `file:${resolve(source)}` : source;
}

async function buildFiles(name: string, source: string): Promise<NewFile[]> {
  const rendered: Record<string, string> = {
    'README.md': renderTeamReadme(name, teamFiles),
    'package.json': renderTeamManifest(name, source),
    '.gitignore': gitignore,
    'Pulumi.yaml': renderPulumiFile(),
    'bootstrap/Pulumi.yaml': renderBootstrapFile(),
    'bootstrap/index.js': bootstrapProgram,
  };
  return Promise.all(
    teamFiles
      .filter(({ path }) => path !== lockfile)
      .map(async ({ path, from }) => ({
        path,
        text: from === undefined ? (rendered[path] ?? '') : await readFile(join(own, from), 'utf8'),
      })),
  );
}

const lockfile = 'package-lock.json';

async function writeLockfile(folder: string): Promise<void> {
  await runNpm(['install', '--package-lock-only', '--ignore-scripts'], folder, {
    failed: `The files are there, but npm could not write ${lockfile}`,
    remedy: 'Run `npm install --package-lock-only` there, where the registry is reachable.',
  });
}
