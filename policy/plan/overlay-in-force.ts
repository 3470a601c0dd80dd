// What is in force on main with the word of give-back/ over it. Pure.
import type { Day } from '../evidence.ts';
import type { JudgedGiveBack } from '../give-back/judge-give-backs.ts';
import { restoreAccount } from '../give-back/overlay.ts';
import type { InForceFile } from './input.ts';
import { compareByPath } from './input.ts';

/** Also those that have no file in accounts/: theirs comes back, as main had it last. */
export function overlayInForce(
  inForce: readonly InForceFile[],
  giveBacks: readonly JudgedGiveBack[],
  today: Day,
): InForceFile[] {
  const byPath = new Map(inForce.map((tracked) => [tracked.path, tracked]));
  for (const judged of giveBacks) {
    const restored = restoreAccount(judged);
    if (restored === null || judged.effect.kind === 'none') continue;
    const { path, text, foundAt } = judged.effect.account;
    const before = byPath.get(path) ?? {
      path,
      text,
      since: today,
      ...(isArchived(foundAt) ? { archivedAs: foundAt } : {}),
    };
    byPath.set(path, { ...before, file: restored.value, giveBack: judged.file.path });
  }
  return [...byPath.values()].sort(compareByPath);
}

function isArchived(path: string): boolean {
  return path.includes('/archive/');
}
