// For tests of commands as somebody runs them: a company with silent people, set up right, in a clone with real git, and no forge.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmulatorOptions, PersonInput } from '@dormant-m365/emulator';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { aPrivateKey } from '../../policy/signing/signing.fixture.ts';
import { type AStack, aStack } from '../doctor/stack.fixture.ts';
import { gitignore } from '../new-repository/render-files.ts';

export const program = new URL('../dormant.ts', import.meta.url).pathname;

export interface AClone {
  stack: AStack;
  /** The clone's folder. */
  root: string;
  /** The bare repository that its remote leads to; without a remote nothing is there. */
  bare: string;
  git(...args: string[]): Promise<string>;
  /** Runs `dormant` with this identity's secrets and the key for the facts. */
  run(identity: 'audit' | 'apply', ...args: string[]): Promise<{ exitCode: number | undefined; text: string }>;
}

interface CloneOptions {
  main?: string;
  /** null: the repository has none. */
  remote?: string | null;
  people?: readonly (PersonInput & { kind: string })[];
  emulator?: Omit<EmulatorOptions, 'people'>;
}

/** A person whom the first audit proposes to notify about. */
export function aSilentPerson(kind: string): PersonInput & { kind: string } {
  return { kind, userPrincipalName: `${kind}@contoso.com`, inactiveDays: 160 };
}

/** `ida` is silent, if no others are named. */
export async function aClone({
  main = 'main',
  remote = 'origin',
  people = [aSilentPerson('ida')],
  emulator = {},
}: CloneOptions = {}): Promise<AClone> {
  const sender = { kind: 'sender', userPrincipalName: 'it@contoso.com', mail: 'it@contoso.com' };
  const switches = { mailScopes: { apply: ['it@contoso.com'] }, ...emulator.switches };
  const stack = await aStack({ ...emulator, people: [...people, sender], switches });
  onTestFinished(() => stack.close());
  const { root } = stack.repository;
  const git = async (...args: string[]) => {
    const names = ['-c', 'user.name=Riley', '-c', 'user.email=riley@contoso.com'];
    return (await execa('git', ['-C', root, ...names, ...args])).stdout;
  };
  const bare = join(root, 'out', 'company.git');
  await mkdir(join(root, 'out'), { recursive: true });
  await writeFile(join(root, '.gitignore'), gitignore);
  await git('branch', '--move', main);
  await git('add', '--all');
  await git('commit', '-q', '--allow-empty', '-m', 'Adopt Dormant');
  if (remote !== null) {
    await git('init', '-q', '--bare', `--initial-branch=${main}`, bare);
    await git('remote', 'add', remote, bare);
    await git('push', '-q', '--set-upstream', remote, main);
  }
  return {
    ...{ stack, root, bare, git },
    async run(identity, ...args) {
      const env = {
        ...stack.env(identity),
        ...{ GITHUB_TOKEN: '', GITHUB_REPOSITORY: '', NODE_EXTRA_CA_CERTS: stack.emulator.caFile },
        ...{ DORMANT_FACTS_KEY: aPrivateKey(), PULUMI_BACKEND_URL: '', NO_COLOR: '1' },
      };
      const all = [program, ...args, ...(args.includes('--repo') ? [] : ['--repo', root])];
      const { stdout, stderr, exitCode } = await execa(process.execPath, all, { env, extendEnv: false, reject: false });
      return { exitCode, text: `${stdout}\n${stderr}` };
    },
  };
}
