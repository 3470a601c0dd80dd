// For tests of a lost state.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type MergedRepository, stack } from './merged-repository.fixture.ts';

/** Removes the backend and, as with the runner's disk, the journal of notices. The keys are known for a week again. */
export async function loseState({ folder, knowKeys }: MergedRepository): Promise<void> {
  await rm(join(folder, 'out', stack), { recursive: true });
  await knowKeys();
}
