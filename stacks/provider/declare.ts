// The program's resources: how it declares an account, a manager's notice, HR's notice and the record of its keys.
import { CustomResource } from '@pulumi/pulumi/index.js';
import { type AccountInputs, accountType, type PackedInputs, packInputs } from '../account/account-state.ts';
import { hrNoticeName } from '../notice/hr-notice.ts';
import { type HrNoticeInputs, hrNoticeType } from '../notice/hr-notice-state.ts';
import { buildNoticeName, type ManagerNotice } from '../notice/manager-notice.ts';
import { type NoticeInputs, noticeType } from '../notice/manager-notice-state.ts';
import {
  type PackedNotes,
  packNotes,
  type SeenSigning,
  signingRecordName,
  signingRecordType,
} from '../signing-record-state.ts';

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

class SigningRecord extends CustomResource {
  constructor(notes: PackedNotes) {
    super(signingRecordType, signingRecordName, { ...notes }, { retainOnDelete: true });
  }
}

/** When its file goes, the account is released, never deleted: the engine does not even ask the provider. */
export function declareAccount(name: string, inputs: AccountInputs): void {
  runUntraced(() => new Account(name, packInputs(inputs)));
}

/** A mail cannot be unsent: when its wave is over, the resource silently leaves the state. */
export function declareNotice(notice: ManagerNotice, presumedTold: readonly string[]): void {
  const told = presumedTold.length > 0 ? { presumedTold } : {};
  runUntraced(() => new Notice(buildNoticeName(notice), { notice, ...told }));
}

export function declareHrNotice(inputs: HrNoticeInputs): void {
  runUntraced(() => new Hr(hrNoticeName, inputs));
}

export function declareSigningRecord(seen: SeenSigning): void {
  runUntraced(() => new SigningRecord(packNotes(seen)));
}

/**
 * The state would keep a stack trace per resource: 350 bytes and more, with paths of the machine. The SDK also takes one
 * for each of its promises, a third of a declaration's time; only its search for leaks would show them.
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
