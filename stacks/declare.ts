// The program's resources: what it says to the engine of an account, of a notice and of HR's.
import { CustomResource } from '@pulumi/pulumi/index.js';
import { type AccountInputs, accountType, type PackedInputs, packInputs } from './account-state.ts';
import { type HrNoticeInputs, hrNoticeType } from './hr-notice-state.ts';
import { type NoticeInputs, noticeType } from './manager-notice-state.ts';
import { hrNoticeName } from './notice/hr-notice.ts';
import { buildNoticeName, type ManagerNotice } from './notice/manager-notice.ts';

class Account extends CustomResource {
  constructor(name: string, inputs: PackedInputs) {
    super(accountType, name, { ...inputs }, { retainOnDelete: true });
  }
}

class Notice extends CustomResource {
  constructor(name: string, inputs: NoticeInputs) {
    super(noticeType, name, { ...inputs }, { retainOnDelete: true });
  }
}

class Hr extends CustomResource {
  constructor(name: string, inputs: HrNoticeInputs) {
    super(hrNoticeType, name, { ...inputs }, { retainOnDelete: true });
  }
}

/** Released, never deleted, when its file goes: the engine does not even ask the provider. */
export function declareAccount(name: string, inputs: AccountInputs): void {
  runUntraced(() => new Account(name, packInputs(inputs)));
}

/** A mail cannot be unsent: the resource goes with its wave, and nobody hears of that. */
export function declareNotice(notice: ManagerNotice, presumedTold: readonly string[]): void {
  const told = presumedTold.length > 0 ? { presumedTold } : {};
  runUntraced(() => new Notice(buildNoticeName(notice), { notice, ...told }));
}

export function declareHrNotice(inputs: HrNoticeInputs): void {
  runUntraced(() => new Hr(hrNoticeName, inputs));
}

/**
 * The state would keep a stack trace per resource: 350 bytes and more, with paths of the machine that ran it. And the SDK takes
 * one for each of its promises, which is a third of a declaration's time; only its search for leaks would show them.
 */
export function runUntraced<T>(declare: () => T): T {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.prepareStackTrace = () => '';
  Error.stackTraceLimit = 0;
  try {
    return declare();
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}
