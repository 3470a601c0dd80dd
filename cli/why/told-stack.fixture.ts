// For tests of `dormant why`: the stack contoso in a repository with a history, and its last audit's people in out/.
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appIdentity, reviewerIdentity, startGitHub } from '@dormant-m365/emulator/github';
import { Command } from 'commander';
import { execa } from 'execa';
import { onTestFinished, vi } from 'vitest';
import { openPeopleList } from '../../audit/report/people-list.ts';
import type { Person } from '../../audit/report/person.fixture.ts';
import { aRun } from '../../policy/account.fixture.ts';
import type { Evidence } from '../../policy/evidence.ts';
import { judge } from '../../policy/judge/judge.ts';
import { theRules } from '../../policy/policy.fixture.ts';
import type { Stage } from '../../policy/schemas/account.ts';
import { type AStack, aStack } from '../accounts/stack.fixture.ts';
import { createWhyCommand } from '../commands/why.ts';
import type { Standing } from './standing.ts';

export interface ToldStack extends AStack {
  git(...args: string[]): Promise<string>;
  /** Commits everything, on this day. */
  commit(day: string, message?: string): Promise<string>;
  /** Merges the file of the first person at each stage, on its day. Returns its path. */
  walk(...steps: readonly (readonly [day: string, stage: Stage])[]): Promise<string>;
  /** Moves the file to the archive. */
  archive(path: string, day: string): Promise<string>;
  /** Whom the audit saw, active people too. */
  see(...people: readonly Evidence[]): Promise<void>;
  /** The page, as it is printed. */
  tell(...args: string[]): Promise<string>;
  tellJson(...args: string[]): Promise<Standing>;
}

export const today = '2026-12-31';

/** Nobody's Pulumi CLI is found, so that the state is told to be unread and no engine is started. */
export async function aToldStack(people: readonly Person[]): Promise<ToldStack> {
  const stack = await aStack(people);
  onTestFinished(() => stack.remove());
  vi.stubEnv('XDG_CACHE_HOME', join(stack.root, 'nothing'));
  vi.stubEnv('GITHUB_TOKEN', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  const git = async (...args: string[]) => (await execa('git', ['-C', stack.root, ...who, ...args])).stdout;
  const commit = async (day: string, message = 'A decision') => {
    const at = `${day}T12:00:00Z`;
    await git('add', '--all');
    const dated = { env: { GIT_COMMITTER_DATE: at, GIT_AUTHOR_DATE: at } };
    await execa('git', ['-C', stack.root, ...who, 'commit', '--quiet', '--allow-empty', '--message', message], dated);
    return git('rev-parse', 'HEAD');
  };
  await writeFile(join(stack.root, '.gitignore'), 'out/\n');
  await git('init', '--quiet', '--initial-branch=main');
  await commit('2026-01-01', 'Adopt Dormant');
  const tell = async (...args: string[]) => {
    const lines: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(String(line)));
    const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
    try {
      await new Command('dormant')
        .option('--repo <folder>', '', stack.root)
        .option('--json', '', false)
        .option('--verbose', '', false)
        .exitOverride()
        .addCommand(createWhyCommand().exitOverride())
        .parseAsync(
          [
            ...args.filter((arg) => arg === '--json'),
            'why',
            ...args.filter((arg) => arg !== '--json'),
            '--today',
            today,
          ],
          {
            from: 'user',
          },
        );
    } finally {
      log.mockRestore();
      out.mockRestore();
    }
    return lines.join('\n');
  };
  return {
    ...stack,
    git,
    commit,
    async walk(...steps) {
      let path = '';
      for (const [day, stage] of steps) {
        path = await stack.at(stage);
        await commit(day, `Merge pull request #${steps.length} from contoso/dormant/contoso`);
      }
      return path;
    },
    async archive(path, day) {
      const to = path.replace('/accounts/', '/archive/');
      await stack.write(to, '');
      await rename(join(stack.root, path), join(stack.root, to));
      await commit(day);
      return to;
    },
    async see(...seen) {
      const list = await openPeopleList(join(stack.root, 'out/contoso'), { stack: 'contoso', auditedOn: '2026-12-07' });
      for (const evidence of seen) list.note(judge(evidence, theRules(), aRun()));
      list.keep();
    },
    tell,
    tellJson: async (...args) => JSON.parse(await tell('--json', ...args)),
  };
}

const who = ['-c', 'user.name=Lee Park', '-c', 'user.email=lee@contoso.com', '-c', 'commit.gpgSign=false'];

/** The emulated GitHub over the stack's own repository, to which the command has a token from now on. */
export async function aGitHub({ root }: ToldStack) {
  const app = { ...appIdentity };
  const settings = { collaborators: ['ana'] };
  const standIn = await startGitHub({
    ...{
      gitDirectory: join(root, '.git'),
      repository: 'contoso/dormant',
      identities: [app, reviewerIdentity],
      settings,
    },
  });
  onTestFinished(() => standIn.close());
  const names = { GITHUB_TOKEN: app.token, GITHUB_REPOSITORY: 'contoso/dormant', GITHUB_API_URL: standIn.url };
  for (const [name, value] of Object.entries(names)) vi.stubEnv(name, value);
  const call = async (token: string, method: string, path: string, body: object) => {
    const headers = { authorization: `token ${token}` };
    const answer = await fetch(`${standIn.url}/repos/contoso/dormant/pulls${path}`, {
      method,
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json() as Promise<{ number: number; sha: string }>;
  };
  return {
    open: async (head: string) => (await call(app.token, 'POST', '', { title: 'Proposal', head, base: 'main' })).number,
    review: (pull: number, event: string) => call(reviewerIdentity.token, 'POST', `/${pull}/reviews`, { event }),
    merge: async (pull: number) => (await call(reviewerIdentity.token, 'PUT', `/${pull}/merge`, {})).sha,
    keepArtifact: (artifact: (typeof standIn.state.settings.artifacts)[number]) =>
      void standIn.state.settings.artifacts.push(artifact),
    /** From now on the token may read nothing. */
    refuse: () => void Object.assign(app, { permissions: {} }),
  };
}
