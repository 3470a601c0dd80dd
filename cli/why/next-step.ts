// What happens to a person next if nobody does anything, and what somebody can do.
import { addDays, type DaySpan } from '../../policy/evidence.ts';
import type { Stage } from '../../policy/schemas/account.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import { listUpcomingSteps } from '../../policy/words/describe-account.ts';
import { formatDay, stageWords } from '../../policy/words/labels.ts';
import { buildApplyCommand, buildExemptCommand, buildIncludeCommand, buildRestoreCommand } from '../person-commands.ts';
import { describePlace } from './audit-words.ts';
import type { AuditedPlace } from './audited-standing.ts';
import type { Standing } from './standing.ts';

type Placed = Omit<Standing, 'next' | 'commands'>;

export function describeNext(
  { place, since, today, audit, state }: Placed,
  {
    stages,
    uncounted,
    audited,
  }: { stages: Policy['stages'] | null; uncounted: readonly DaySpan[]; audited: AuditedPlace | null },
): Standing['next'] {
  if (audit !== null && audited?.kind === 'moves') {
    const day = formatDay(audit.auditedOn, today);
    return { on: null, says: `by the audit of ${day} ${describePlace(audited, today)}; merging it does that` };
  }
  if (state !== null && (!state.isSettled || state.isBegun))
    return { on: null, says: 'the next apply goes on where the last one ended' };
  if (stages === null || since === null || place === null) return null;
  if (place === 'keep')
    return {
      on: addDays(since, stages.keepDays),
      says: 'the reviewer’s no ends: the next audit proposes the account anew, if it is still inactive',
    };
  if (place === 'restore')
    return { on: null, says: 'once an audit sees that all is given back, it proposes to take the file out' };
  const [step] = isStage(place) ? listUpcomingSteps({ stage: place, since }, stages, uncounted) : [];
  if (step === undefined) return null;
  if (step.stage === 'deletable')
    return {
      on: step.on,
      says: 'the account is listed as deletable, for whoever deletes accounts; Dormant deletes none',
    };
  const { name, does } = stageWords[step.stage];
  return {
    on: step.on,
    says: `the next audit proposes ${name}, if the account is still inactive; merging that means: ${does}`,
  };
}

function isStage(place: NonNullable<Placed['place']>): place is Stage {
  return place in stageWords;
}

/** The most useful first. Empty: there is nothing to do. */
export function listCommands(standing: Placed, audited: AuditedPlace | null): Standing['commands'] {
  const { place, openPulls, state, givesBack, giveBack, exemption, downloads } = standing;
  const person = { ...standing.person, stack: standing.stack };
  const isTaken = givesBack.length > 0 || (state?.taken.length ?? 0) > 0;
  const isWarned = place === 'notify' || place === 'review';
  const isOut = place === 'not-in-plan' || place === 'taken-out';
  const isIncludable =
    isOut && (audited?.kind === 'set-back' || audited?.kind === 'declined' || standing.audit?.action === 'investigate');
  return [
    ...openPulls.map(({ number, url }) => ({
      run: url,
      why: `#${number} is open and changes this file: approve and merge it, or write \`stage: keep\` with a reason into the file there`,
    })),
    ...(isTaken && giveBack === null && place !== 'keep' && place !== 'restore'
      ? [{ run: buildRestoreCommand(person), why: 'gives back what was taken, once its change is merged' }]
      : []),
    ...(state !== null && (!state.isSettled || state.isBegun)
      ? [{ run: buildApplyCommand(person), why: 'goes on with what the last apply has left open' }]
      : []),
    ...(isWarned || (isOut && exemption === null && standing.audit?.verdict === 'inactive')
      ? [{ run: buildExemptCommand(person), why: 'leaves the account alone until a day, once its change is merged' }]
      : []),
    ...(isIncludable
      ? [{ run: buildIncludeCommand(person), why: 'takes the account into the plan, once its change is merged' }]
      : []),
    ...downloads.slice(0, 2).map(({ run: id, command }) => ({
      run: command,
      why:
        id === null
          ? 'fetches the last run’s record, with its request ids; then ask again'
          : `fetches the record of run ${id}, with its request ids; then ask again`,
    })),
  ];
}
