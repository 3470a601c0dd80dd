// One notice as program and provider know it. Its outputs say who has been told, so that a wave that grows tells only the new ones.
import type { ManagerNotice } from './notice/manager-notice.ts';

export interface NoticeInputs {
  notice: ManagerNotice;
  /** Ids of those who are taken to have been told of: the state that knew is lost. */
  presumedTold?: readonly string[];
}

export interface NoticeOutputs {
  /** Ids of the accounts that somebody has been told of. */
  told: readonly string[];
}

export const noticeType = 'm365:index:ManagerNotice';
