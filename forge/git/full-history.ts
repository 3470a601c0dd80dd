// Whether a clone has the whole history: what a stage has lasted and what was signed before is read there.
import { DormantError } from '../../policy/errors.ts';
import { createGit } from './git.ts';

/** Throws `shallow-clone`. */
export async function requireFullHistory(repository: string): Promise<void> {
  if ((await createGit(repository).run(['rev-parse', '--is-shallow-repository'])) !== 'true') return;
  throw new DormantError(
    'shallow-clone',
    'This clone does not have the full history, which shows how long a stage has lasted and what was signed.',
    {
      where: repository,
      remedy: 'Run `git fetch --unshallow`, or set `fetch-depth: 0` of actions/checkout.',
    },
  );
}
