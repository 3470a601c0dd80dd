// A company on git alone: a bare repository as its forge, a fresh clone for each run as on a runner, a clone that people work
// in, and one state of Pulumi. All processes take the day of their commits from the tenant's clock.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Emulator, PersonInput } from '@dormant-m365/emulator';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { anEmulator, type EmulatedTenant } from '../../graph/emulator.fixture.ts';
import type { Day } from '../../policy/evidence.ts';
import { getAccountsFolder, getArchiveFolder, parseAccountFile } from '../../policy/files/account-file.ts';
import { aPolicy, prices } from '../../policy/policy.fixture.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { aSigning } from '../../policy/signing/signing.fixture.ts';
import { writeKnownSigning } from '../../stacks/engine/known-signing.fixture.ts';
import { useEnvironment } from '../../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { generousLimits } from '../merged-repository.fixture.ts';

export const stack = 'contoso';

type RunGit = (...args: string[]) => Promise<string>;

export interface Clone {
  folder: string;
  git: RunGit;
}

/** An account file on a commit. */
export interface NamedFile {
  path: string;
  file: AccountFile;
}

export interface GitCompany extends Pick<EmulatedTenant, 'envOf'> {
  emulator: Emulator;
  /** Where people work; its branch main follows the remote's. */
  desk: Clone;
  today(): Day;
  passDays(days: number): void;
  /** A runner's checkout of a commit, or of main's tip; gone once `use` has ended. */
  checkOut<T>(commit: string | null, use: (clone: Clone) => Promise<T>): Promise<T>;
  /** Account files of the clone's working tree, sorted. */
  readFiles(clone: Clone): Promise<NamedFile[]>;
  /** The same, of the archive. */
  readArchive(clone: Clone): Promise<NamedFile[]>;
  findTip(): Promise<string>;
}

export async function aGitCompany(people: readonly PersonInput[]): Promise<GitCompany> {
  const sender = { displayName: 'IT Lifecycle', userPrincipalName: 'it-lifecycle@contoso.com' };
  const { emulator, tenant, envOf } = await anEmulator({ users: 0, people: [...people, sender] });
  const folder = await mkdtemp(join(tmpdir(), 'git-year-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { clock } = emulator.tenant;
  const { DORMANT_EMULATOR_URL = '', AZURE_CLIENT_SECRET = '' } = envOf('apply');
  const state = join(folder, 'state');
  useEnvironment({
    ...{ DORMANT_EMULATOR_URL, AZURE_CLIENT_SECRET, NODE_EXTRA_CA_CERTS: emulator.caFile },
    ...{ PULUMI_BACKEND_URL: `file://${state}`, GIT_AUTHOR_DATE: '', GIT_COMMITTER_DATE: '' },
  });
  const setClocks = () => {
    const now = new Date(clock.now()).toISOString();
    Object.assign(process.env, { GIT_AUTHOR_DATE: now, GIT_COMMITTER_DATE: now });
  };
  const today = () => new Date(clock.now()).toISOString().slice(0, 10);
  setClocks();
  const remote = join(folder, 'remote.git');
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
  const desk = openClone(join(folder, 'desk'));
  await execa('git', ['clone', '--quiet', remote, desk.folder]);
  await write(desk, '.gitignore', 'out/\n');
  await write(desk, `stacks/${stack}/tenant.yaml`, stringify({ ...tenant, signing: aSigning() }));
  await write(desk, 'policy/prices.yaml', stringify(prices));
  await write(desk, 'policy/policy.yaml', stringify(aPolicy(generousLimits)));
  await write(desk, 'exemptions.yaml', 'exemptions: []\n');
  await commitAll(desk, 'Adopt Dormant');
  await desk.git('push', '--quiet', 'origin', 'HEAD:main');
  await writeKnownSigning(state, {
    ...{ stack, commit: await desk.git('rev-parse', 'HEAD') },
    ...{ signing: aSigning(), today: today() },
  });
  let clones = 0;
  return {
    ...{ emulator, envOf, desk, today },
    passDays(days) {
      clock.advance({ days });
      setClocks();
    },
    async checkOut(commit, use) {
      const clone = openClone(join(folder, `run-${clones++}`));
      await execa('git', ['clone', '--quiet', remote, clone.folder]);
      if (commit !== null) await clone.git('reset', '--quiet', '--hard', commit);
      return use(clone).finally(() => rm(clone.folder, { recursive: true, force: true }));
    },
    readFiles: (clone) => readAccountFiles(clone, getAccountsFolder(stack)),
    readArchive: (clone) => readAccountFiles(clone, getArchiveFolder(stack)),
    findTip: () => execa('git', ['-C', remote, 'rev-parse', 'main']).then(({ stdout }) => stdout),
  };
}

export async function commitAll({ git }: Clone, message: string): Promise<void> {
  await git('add', '--all');
  await git('commit', '--quiet', '--allow-empty', `--message=${message}`);
}

async function readAccountFiles({ folder }: Clone, below: string): Promise<NamedFile[]> {
  const names = await readdir(join(folder, below)).catch(() => []);
  return Promise.all(
    names.sort().map(async (name) => {
      const path = `${below}/${name}`;
      return { path, file: parseAccountFile(path, await readFile(join(folder, path), 'utf8')) };
    }),
  );
}

function openClone(folder: string): Clone {
  const person = ['-c', 'user.name=Riley', '-c', 'user.email=riley@contoso.com', '-c', 'commit.gpgSign=false'];
  const git: RunGit = async (...args) => (await execa('git', ['-C', folder, ...person, ...args])).stdout;
  return { folder, git };
}

async function write({ folder }: Clone, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}
