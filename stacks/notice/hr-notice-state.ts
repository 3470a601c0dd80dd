// HR's notice as program and provider know it: one for each stack. Its outputs say who has been reported and when, so that
// somebody who leaves the list and comes back is not reported twice.
import type { IdKey } from '../../policy/identifiers.ts';
import type { HrNotice, NotifiedExecutive } from './hr-notice.ts';

export interface HrNoticeInputs {
  notice: HrNotice;
  /** Who counts as reported, because the state that knew is lost. */
  presumedTold?: readonly NotifiedExecutive[];
}

export interface HrNoticeOutputs {
  told: readonly NotifiedExecutive[];
  /** As in `NoticeOutputs`. */
  unsure?: readonly IdKey[];
}

export const hrNoticeType = 'm365:index:HrNotice';
