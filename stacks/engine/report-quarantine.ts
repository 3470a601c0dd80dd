// What is reported of the quarantine: in a preview from the plan, after an apply only what a read of the tenant shows.
import type { EngineEvent } from '@pulumi/pulumi/automation/index.js';
import { checkQuarantine, type DeclaredQuarantine } from '../on-premises/check-quarantine.ts';
import type { ResolvedQuarantine } from '../on-premises/resolve-quarantine.ts';
import type { PollTiming } from '../tenant/poll.ts';
import type { PreparedQuarantine } from './prepare-quarantine.ts';
import {
  findPlannedQuarantine,
  findQuarantineReport,
  noQuarantineChange,
  type PlannedQuarantine,
  type QuarantineReport,
} from './quarantine-changes.ts';

/** null: nothing about it changes, and nothing prevents a change. */
export function forecastQuarantine(
  { resolved }: PreparedQuarantine,
  planned: PlannedQuarantine | null,
): QuarantineReport | null {
  const failures = resolved.blockers;
  if (planned === null && failures.length === 0) return null;
  return { ...(planned ?? noQuarantineChange), failures, corrected: [], strangers: listStrangers(resolved) };
}

/** The members that were read count as before: what people changed by hand is restored, too. */
export function planQuarantine(
  events: readonly EngineEvent[],
  { resolved, takesOver }: PreparedQuarantine,
): PlannedQuarantine | null {
  if (resolved.blockers.length > 0) return null;
  const before = resolved.found?.groups[0]?.members.map(({ id }) => id);
  if (!takesOver) return findPlannedQuarantine(events, before);
  return { mode: null, holds: [], releases: before ?? [], isNewMode: false };
}

interface UpdatedQuarantine {
  stack: string;
  events: readonly EngineEvent[];
  /** Why it could not be read before the update. */
  unread: readonly string[];
  declared: DeclaredQuarantine;
  wait: PollTiming;
}

export async function reportQuarantine(
  { known, resolved, finder, takesOver }: PreparedQuarantine,
  { stack, events, unread, declared, wait }: UpdatedQuarantine,
): Promise<QuarantineReport | null> {
  const report = findQuarantineReport(events, known.urns);
  const before = [...unread, ...(report?.failures ?? [])];
  // After a known failure there is nothing to wait for.
  const timing = before.length > 0 ? { ...wait, atMostMs: 0 } : wait;
  const { failures: after, stillIn } = await checkQuarantine(finder, {
    stack,
    declared,
    wait: timing,
  });
  const failures = [...new Set([...before, ...(before.length > 0 && stillIn === null ? [] : after)])];
  if (report === null && failures.length === 0) return null;
  const { holds, releases, corrected } = report ?? { ...noQuarantineChange, corrected: [] };
  return {
    ...(report ?? noQuarantineChange),
    holds: failures.length > 0 ? [] : holds,
    releases: releases.filter((id) => stillIn !== null && !stillIn.has(id)),
    failures,
    corrected: [...describeTakeover(resolved, takesOver), ...corrected],
    strangers: listStrangers(resolved),
  };
}

function describeTakeover({ imports }: ResolvedQuarantine, takesDown: boolean): string[] {
  const ids = Object.values(imports).flatMap((id) => (id === null ? [] : [id.slice(id.lastIndexOf('/') + 1)]));
  if (ids.length === 0) return [];
  const what = takesDown ? 'taken down, because nobody is to be held' : 'taken over';
  return [`The tenant had a quarantine that the engine’s state did not know (${ids.join(', ')}): it is ${what}.`];
}

function listStrangers({ found }: ResolvedQuarantine): QuarantineReport['strangers'] {
  const members = (found?.groups ?? []).flatMap((group) => group.members);
  return members.map(({ id, displayName, userPrincipalName }) => ({
    id,
    displayName: displayName ?? id,
    userPrincipalName: userPrincipalName ?? String(id),
  }));
}
