// What to do about a judged account. The order of the rules is the order of caution. Pure.
import type { Evidence } from '../evidence.ts';
import type { Policy } from '../schemas/policy.ts';
import { isOutsider } from './guests.ts';
import { type Judgement, plannedActions, type RecommendedAction, type Risk } from './judgement.ts';
import { isLicensedButNeverActive } from './never-active.ts';
import type { SavingsOutlook } from './savings.ts';

interface ActionInput {
  evidence: Evidence;
  verdict: Judgement['verdict'];
  reasons: Judgement['reasons'];
  risks: readonly Risk[];
  isInScope: boolean;
  exempt: boolean;
  savings: SavingsOutlook;
}

/** The first rule that applies decides; an executive is for HR even when other risks apply, too. */
export function recommendAction(input: ActionInput): RecommendedAction {
  return rules.find(([, applies]) => applies(input))?.[0] ?? 'none';
}

/** Whether an account with this action enters the plan by itself; synced accounts only where the policy includes them. */
export function isPlanned(action: RecommendedAction, { onPremises }: Pick<Policy, 'onPremises'>): boolean {
  return plannedActions.includes(action) || (action === 'on-premises' && onPremises.plan === 'include');
}

const rules: readonly [RecommendedAction, (input: ActionInput) => boolean][] = [
  ['guest-audit', ({ evidence }) => isOutsider(evidence)],
  ['none', ({ verdict }) => verdict !== 'inactive'],
  // Before everything that names somebody, HR's list too: who is outside is counted only.
  ['out-of-scope', ({ isInScope }) => !isInScope],
  ['exempt', ({ exempt }) => exempt],
  ['escalate-to-hr', ({ risks }) => risks.some(({ code }) => code === 'executive')],
  ['manual-review', ({ risks }) => risks.length > 0],
  ['none', ({ evidence, savings }) => !evidence.accountEnabled && !isPaid(savings)],
  // Before on-premises, because a policy may let those into the plan.
  ['investigate', ({ evidence, reasons }) => isLicensedButNeverActive(evidence, reasons)],
  ['on-premises', ({ evidence }) => evidence.onPremisesSyncEnabled && evidence.accountEnabled],
  ['remove-licenses', ({ evidence }) => !evidence.accountEnabled],
  ['disable-then-remove-licenses', ({ savings }) => isPaid(savings)],
  ['disable', () => true],
];

/** What waits for the release of a OneDrive counts, too: only an account with a file can be given it. */
function isPaid({ reclaimable, waiting }: SavingsOutlook): boolean {
  return reclaimable.length + waiting.length > 0;
}
