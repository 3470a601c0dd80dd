// For tests of pauses: one that is merged, or taken out again.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setPause as editPause } from '../policy/edit/pause.ts';
import type { Pause } from '../policy/schemas/pause.ts';
import { type MergedRepository, stack } from './merged-repository.fixture.ts';

export async function setPause({ folder, commitAll }: MergedRepository, paused: Pause | undefined): Promise<void> {
  const path = `stacks/${stack}/tenant.yaml`;
  const text = await readFile(join(folder, path), 'utf8');
  await writeFile(join(folder, path), editPause({ path, text }, paused ?? null));
  await commitAll('pause');
}
