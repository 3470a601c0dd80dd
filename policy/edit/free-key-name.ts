// What a new key is called: by its stack and the year, with the first letter that none has had. Pure.
import type { Day } from '../evidence.ts';
import { foldText } from '../identifiers.ts';

/** In the letters that a key's name may have, at most 64; null: all 26 of the year are taken. `use`: what it signs, if it says so. */
export function findFreeKeyName(
  { stack, use, today }: { stack: string; use?: string; today: Day },
  isTaken: (name: string) => boolean,
): string | null {
  const end = [...(use === undefined ? [] : [use]), today.slice(0, 4)].join('-');
  const start = foldText(stack)
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, 62 - end.length);
  const names = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `${start}-${end}${letter}`);
  return names.find((name) => !isTaken(name)) ?? null;
}
