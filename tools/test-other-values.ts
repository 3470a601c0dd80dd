// `npm run test:other-values [-- <vitest's options>]`: the tests in a copy of this repository whose policy, prices and exemptions are a
// company's own, and which has a tenant. A test that fails there reads what is the reader's to change.
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { changeValues } from './other-values.ts';

const root = join(import.meta.dirname, '..');
const copy = await mkdtemp(join(tmpdir(), 'dormant-other-values-'));
try {
  await copyRepository();
  await adopt();
  const given = process.argv.slice(2);
  const options = given.length > 0 ? given : ['--project', 'unit', '--project', 'integration'];
  const { exitCode = 1 } = await execa('vitest', ['run', ...options], {
    cwd: copy,
    preferLocal: true,
    localDir: root,
    reject: false,
    stdio: 'inherit',
  });
  process.exitCode = exitCode;
} finally {
  await rm(copy, { recursive: true, force: true });
}

/** With git's history, which some tests read; what is installed is shared. */
async function copyRepository(): Promise<void> {
  await execa('git', ['clone', '--quiet', root, copy]);
  const { stdout } = await execa('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  });
  for (const path of stdout.split('\0').filter(Boolean)) {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await cp(join(root, path), join(copy, path)).catch(() => {}); // deleted in the working tree, not yet in git
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
}

async function adopt(): Promise<void> {
  const [policy, prices] = await Promise.all(
    ['policy/policy.yaml', 'policy/prices.yaml'].map((path) => readFile(join(copy, path), 'utf8')),
  );
  if (policy === undefined || prices === undefined) throw new Error('policy/ has no policy and no prices.');
  for (const [path, text] of Object.entries(changeValues({ policy, prices }))) await writeFile(join(copy, path), text);
  const answers = {
    'tenant-id': '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e',
    'audit-client-id': 'aaaaaaaa-0000-4000-8000-000000000001',
    'apply-client-id': 'aaaaaaaa-0000-4000-8000-000000000002',
    sender: 'it@fabrikam.de',
    'reply-to': 'it@fabrikam.de',
    reviewers: '@fabrikam/it',
  };
  const flags = Object.entries(answers).map(([name, value]) => `--${name}=${value}`);
  await execa('node', ['cli/dormant.ts', 'init', 'fabrikam', ...flags], { cwd: copy });
}
