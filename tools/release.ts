// `npm run release -- <step>`: the steps of release.yml, each of which does the same on a laptop. It imports nothing that is
// installed, because the jobs with a right of the release install nothing (docs/decisions/0040-a-tag-makes-a-release.md).
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseChangelog } from '../cli/upgrade/changelog.ts';
import { packages } from './package/package-contents.ts';
import { announceRelease } from './release/announce-release.ts';
import { findDifferences, type Hashes, hashFiles } from './release/hash-files.ts';
import { listReleaseFaults } from './release/list-release-faults.ts';
import { type BuiltPackage, publishPackages } from './release/publish-packages.ts';
import { renderReleaseNotes } from './release/render-release-notes.ts';

const root = join(import.meta.dirname, '..');
const out = join(root, 'out');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { GITHUB_API_URL = '', GITHUB_OUTPUT, GITHUB_REF_NAME = '', GITHUB_REPOSITORY = '' } = process.env;
const { GITHUB_SERVER_URL = '', GITHUB_TOKEN = '', HASHES = '{}' } = process.env;
const { version } = JSON.parse(read('package.json'));

const steps: Record<string, () => Promise<void>> = { check, hash, verify, publish, announce };
const [step = ''] = process.argv.slice(2);
try {
  const run = steps[step];
  if (run === undefined) throw new Error(`Name one of the steps: ${Object.keys(steps).join(', ')}.`);
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** Whether this commit may become the release that the tag names. */
async function check(): Promise<void> {
  const faults = listReleaseFaults({
    tag: GITHUB_REF_NAME,
    home: `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`,
    manifests: Object.values(packages).map(({ folder }) => JSON.parse(read(join(folder, 'package.json')))),
    changelog: read('CHANGELOG.md'),
    isOnMain: isOnMain(),
  });
  if (faults.length > 0) throw new Error(faults.join('\n'));
  console.log(`${GITHUB_REF_NAME} may be released.`);
}

function isOnMain(): boolean {
  try {
    execFileSync('git', ['merge-base', '--is-ancestor', 'HEAD', 'origin/main'], { cwd: root, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Tells the later jobs what was built: an output of a job is no file that another one could replace. */
async function hash(): Promise<void> {
  const hashes = await hashFiles(out);
  for (const [path, sha256] of Object.entries(hashes)) console.log(`${sha256}  ${path}`);
  if (GITHUB_OUTPUT !== undefined) appendFileSync(GITHUB_OUTPUT, `hashes=${JSON.stringify(hashes)}\n`);
}

async function verify(): Promise<void> {
  const built: Hashes = JSON.parse(HASHES);
  const differences = findDifferences(built, await hashFiles(out));
  if (differences.length > 0) throw new Error(differences.join('\n'));
  console.log(`${Object.keys(built).length} files are as they were built.`);
}

async function publish(): Promise<void> {
  await publishPackages(listBuilt(), { isDryRun: process.argv.includes('--dry-run'), say: console.log });
}

/** In their order: `create` needs `dormant`. */
function listBuilt(): BuiltPackage[] {
  return Object.keys(packages).map((name) => ({
    spec: `@dormant-m365/${name}@${version}`,
    tarball: join(out, 'packages', `dormant-m365-${name}-${version}.tgz`),
  }));
}

async function announce(): Promise<void> {
  const section = parseChangelog(read('CHANGELOG.md')).find((each) => each.version === version);
  if (section === undefined) throw new Error(`CHANGELOG.md has nothing of ${version}.`);
  const body = renderReleaseNotes(section, JSON.parse(HASHES));
  const repository = { api: GITHUB_API_URL, name: GITHUB_REPOSITORY, token: GITHUB_TOKEN };
  await announceRelease(repository, { tag: `v${version}`, body });
}
