// Why nothing is taken now, although it is merged: a pause, a label, a closed day, or a forge that cannot be asked. Pure.
import type { Closure } from '../calendar/find-closure.ts';
import { formatList } from '../words/labels.ts';

/**
 * `paused`: by tenant.yaml or policy.yaml. `labelled`: by a label on a pull request of the stack. `closed`: by the calendar.
 * `forge-unknown`: whether there is such a label cannot be asked; only this one is a failure of the run.
 */
type StopKind = 'paused' | 'labelled' | 'closed' | 'forge-unknown';

export interface TakingStop {
  kind: StopKind;
  /** Part of a sentence, without a full stop: after "nothing is taken now: ". */
  because: string;
  /** The last day of a pause, the instant at which the calendar opens again; null: until somebody ends it. */
  until: string | null;
}

export function toClosedStop({ because, opens, opensAt }: Closure): TakingStop {
  return { kind: 'closed', because: `${because}; it opens on ${opens}`, until: opensAt.toISOString() };
}

/** On a day that is merely closed mails go out: what they announce comes on the next open one. */
export function allowsMails({ kind }: Pick<TakingStop, 'kind'>): boolean {
  return kind === 'closed';
}

/** One sentence for every report, comment and terminal. */
export function describeStop({ because }: Pick<TakingStop, 'because'>): string {
  return `Nothing is taken now: ${because}. Giving back goes on.`;
}

/** The same of several; empty: nothing stops it. */
export function describeStops(stops: readonly Pick<TakingStop, 'because'>[]): string {
  return stops.length === 0 ? '' : describeStop({ because: formatList(stops.map(({ because }) => because)) });
}
