// One account as the program declares it: everything that the state will keep about it is in these inputs.
import { CustomResource } from '@pulumi/pulumi/index.js';

export interface AccountInputs {
  account: { id: string; userPrincipalName: string };
  desired: { accountEnabled: boolean; mailbox: 'unchanged' | 'shared'; licenses: string[] };
}

class Account extends CustomResource {
  constructor(name: string, inputs: AccountInputs) {
    super('m365:index:Account', name, { ...inputs }, { retainOnDelete: true });
  }
}

/** Released, never deleted, when its file goes: the engine does not even ask the provider. */
export function declareAccount(name: string, inputs: AccountInputs): void {
  untraced(() => new Account(name, inputs));
}

/** The state would keep a stack trace per resource: 350 bytes and more, with paths of the machine that ran it. */
function untraced<T>(declare: () => T): T {
  const prepare = Error.prepareStackTrace;
  Error.prepareStackTrace = () => '';
  try {
    return declare();
  } finally {
    Error.prepareStackTrace = prepare;
  }
}
