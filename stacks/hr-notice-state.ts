// HR's notice as program and provider know it: one for each stack, whatever becomes of the people on its list. Its outputs say who has
// been told of and when, so that nobody is told of twice who leaves the list and comes back.
import type { HrNotice, NotifiedExecutive } from './notice/hr-notice.ts';

export interface HrNoticeInputs {
  notice: HrNotice;
  /** Who is taken to have been told of: the state that knew is lost. */
  presumedTold?: readonly NotifiedExecutive[];
}

export interface HrNoticeOutputs {
  told: readonly NotifiedExecutive[];
}

export const hrNoticeType = 'm365:index:HrNotice';
