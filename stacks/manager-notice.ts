// One notice as the program declares it. Its outputs say who has been told, so that a wave that grows tells only the new ones.
import { CustomResource } from '@pulumi/pulumi/index.js';
import { untraced } from './account.ts';
import { type ManagerNotice, noticeName } from './notice/notice.ts';

export interface NoticeInputs {
  notice: ManagerNotice;
}

export interface NoticeOutputs {
  /** Ids of the accounts that somebody has been told of. */
  told: readonly string[];
}

export const noticeType = 'm365:index:ManagerNotice';

class Notice extends CustomResource {
  constructor(name: string, inputs: NoticeInputs) {
    super(noticeType, name, { ...inputs }, { retainOnDelete: true });
  }
}

/** A mail cannot be unsent: the resource goes with its wave, and nobody hears of that. */
export function declareNotice(notice: ManagerNotice): void {
  untraced(() => new Notice(noticeName(notice), { notice }));
}
