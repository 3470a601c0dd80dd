// Which pauses the stack's files have, and whether they are in force on a day. Pure.
import type { Day } from '../evidence.ts';
import type { StackFiles } from '../files/stack-files.ts';
import type { Pause } from '../schemas/pause.ts';
import type { TakingStop } from './taking-stop.ts';

export interface WrittenPause extends Pause {
  /** tenant.yaml of the stack, or policy.yaml, which is for every stack. */
  path: string;
  /** Of `until`, from 1. */
  line: number;
  /** false: its last day is over. */
  isInForce: boolean;
}

/** The one that lasts longest first. */
export function listPauses({ tenant, policy }: Pick<StackFiles, 'tenant' | 'policy'>, today: Day): WrittenPause[] {
  return [tenant, policy]
    .flatMap(({ path, value: { paused }, locate }) =>
      paused === undefined
        ? []
        : { ...paused, path, line: locate(['paused', 'until']).line, isInForce: today <= paused.until },
    )
    .toSorted((a, b) => b.until.localeCompare(a.until));
}

/** null: none is in force. */
export function findPause(files: Pick<StackFiles, 'tenant' | 'policy'>, today: Day): WrittenPause | null {
  return listPauses(files, today).find(({ isInForce }) => isInForce) ?? null;
}

/** Who wrote it into main, as git knows. */
export interface PauseAuthor {
  name: string;
  day: Day;
}

export function toPauseStop({ until, reason }: Pause, author: PauseAuthor | null): TakingStop {
  const by = author === null ? '' : `, set by ${author.name} on ${author.day}`;
  return { kind: 'paused', because: `paused until ${until} (${reason.trim().replace(/\.$/, '')}${by})`, until };
}
