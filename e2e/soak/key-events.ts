// What happens to the key for the facts, as docs/guides/keys.md says to do it: changed in time, lost, stolen.
import { stack } from '../../demo/company.ts';
import { runUndisturbed } from './disturb-command.ts';
import type { Story } from './story.fixture.ts';

/** One event, merged to main as its owners would. */
export async function changeKeys(story: Story): Promise<void> {
  const { company, chance, tell, counts } = story;
  const { next, current } = await readKeys(story);
  const [what, happen] = chance.pick(Object.entries(next === undefined ? events : afterNext));
  tell(`the key ${current ?? 'of nobody'}: ${what}`);
  counts.keys += 1;
  await happen(story, current);
  await company.git('add', '--all', 'stacks');
  await company.git('commit', '--quiet', '--allow-empty', '--message', what);
  await company.git('push', '--quiet', 'origin', 'main');
}

type KeyEvent = (story: Story, current: string | undefined) => Promise<void>;

const events: Record<string, KeyEvent> = {
  'the next one is made in time': async ({ company }) => company.makeKey(),
  'it is lost': async (story) => {
    await story.company.makeKey();
    await runKey(story, 'promote');
  },
  'it is stolen, and revoked': async (story, current) => {
    story.hasRevokedKey = true;
    if (current !== undefined) await runKey(story, 'revoke', current);
    await story.company.makeKey();
  },
};

const afterNext: Record<string, KeyEvent> = {
  'the next one takes over': (story) => runKey(story, 'promote'),
};

async function runKey(story: Story, action: 'promote' | 'revoke', ...names: string[]): Promise<void> {
  const { exitCode, output } = await runUndisturbed(story, ['key', action, stack, ...names]);
  if (exitCode !== 0) throw new Error(output);
}

/** The names of the two keys that sign. */
async function readKeys({ company }: Story): Promise<{ current?: string; next?: string }> {
  const { keys } = JSON.parse(await company.dormant('key', 'list', stack, '--json'));
  return Object.fromEntries(keys.map(({ role, name }: { role: string; name: string }) => [role, name]));
}
