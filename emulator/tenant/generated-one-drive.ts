// The default OneDrive of a person, with a random number of files.
import { buildOneDrive, type OneDrive } from './belongings.ts';
import type { World } from './world.ts';

export const BYTES_PER_FILE = 410_000;

export function generateOneDrive({ random }: World, index: number): OneDrive {
  const files = random.getBetween(index, 90, 12, 9000);
  return buildOneDrive(files * BYTES_PER_FILE, files);
}
