// The OneDrive that somebody has if nothing else is said: its files are a draw, as are those of everybody.
import { buildOneDrive, type OneDrive } from './belongings.ts';
import type { World } from './world.ts';

export const BYTES_PER_FILE = 410_000;

export function generateOneDrive({ random }: World, index: number): OneDrive {
  const files = random.getBetween(index, 90, 12, 9000);
  return buildOneDrive(files * BYTES_PER_FILE, files);
}
