// One notice as program and provider know it. Its outputs say who is reported: a growing wave reports only the new.
import type { IdKey } from '../../policy/identifiers.ts';
import type { ManagerNotice } from './manager-notice.ts';

export interface NoticeInputs {
  notice: ManagerNotice;
  /** Ids of those who count as reported, because the state that knew is lost. */
  presumedTold?: readonly IdKey[];
}

export interface NoticeOutputs {
  /** Ids of the accounts that have been reported. */
  told: readonly IdKey[];
  /** Ids of those of whom a mail was under way when a run was killed: it may have left. Absent: nobody. */
  unsure?: readonly IdKey[];
}

export const noticeType = 'm365:index:ManagerNotice';
