// The audit as every renderer gets it: CSV, report and Markdown show the same sums, places and prices, worked out once.
import { isReleased } from '../policy/files/stage.ts';
import type { JudgedAccount } from '../policy/judge/judgement.ts';
import { applyRelease, type SavingsOutlook } from '../policy/judge/savings.ts';
import type { AuditResult } from './audit-result.ts';
import {
  type AccountPlace,
  createPlaceFinder,
  findAccountFile,
  findBucket,
  type MoneyBucket,
} from './summary/account-place.ts';

export interface AccountView extends JudgedAccount {
  place: AccountPlace;
  bucket: MoneyBucket;
  /** What delicensing saves, as the decisions of people in its file leave it. */
  outlook: SavingsOutlook;
}

export interface AuditView extends Omit<AuditResult, 'prices' | 'inactive' | 'guests'> {
  currency: string;
  inactive: readonly AccountView[];
  guests: readonly AccountView[];
  /** The accounts in the plan, some of which are active again, then the other inactive ones. */
  reported: readonly AccountView[];
}

export function viewAudit({ prices, inactive, guests, ...rest }: AuditResult): AuditView {
  const view = createAccountViewer(rest);
  const planned = [...rest.plan.moves, ...rest.plan.held].flatMap(({ judged }) => judged ?? []);
  const ids = new Set(planned.map(({ evidence }) => evidence.id));
  const shown = inactive.map(view);
  return {
    ...rest,
    currency: prices.currency,
    inactive: shown,
    guests: guests.map(view),
    reported: [...planned.map(view), ...shown.filter(({ evidence }) => !ids.has(evidence.id))],
  };
}

function createAccountViewer(audit: Pick<AuditResult, 'plan'>): (judged: JudgedAccount) => AccountView {
  const findPlace = createPlaceFinder(audit);
  return (judged) => {
    const place = findPlace(judged);
    const file = findAccountFile(place);
    const outlook = applyRelease(judged.judgement.savings, file !== null && isReleased(file));
    return { ...judged, place, bucket: findBucket(judged, place), outlook };
  };
}
