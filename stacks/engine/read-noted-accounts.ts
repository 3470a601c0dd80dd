// What the state knows of each account, for the audit: besides main's history the only witness of what was taken.
import { join } from 'node:path';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import type { NotedAccount } from '../../policy/signing/noted-account.ts';
import { accountType, unpackInputs, unpackOutputs } from '../account/account-state.ts';
import type { StateResource } from '../provider/resource.ts';
import type { StackRunOptions } from './engine-plan.ts';
import { readStackState } from './locks.ts';
import { selectStack } from './workspace.ts';

type StateOptions = Pick<StackRunOptions, 'repository' | 'env' | 'pulumiCommand' | 'backendUrl'> & { stack: string };

/** Writes nothing. Throws what the Automation API throws where the state cannot be read. */
export async function readNotedAccounts(options: StateOptions): Promise<ReadonlyMap<IdKey, NotedAccount>> {
  const { repository, stack } = options;
  const workDir = join(repository, 'out', '.engine', stack);
  return listNotedAccounts(await readStackState(await selectStack({ ...options, workDir, program: async () => {} })));
}

function listNotedAccounts(state: readonly StateResource[]): ReadonlyMap<IdKey, NotedAccount> {
  const accounts = state.filter(({ type, outputs }) => type === accountType && outputs !== undefined);
  return new Map(
    accounts.map(({ inputs, outputs }) => {
      const { account, restore: ofFile } = unpackInputs(inputs);
      const { restore, reached } = unpackOutputs(outputs);
      return [foldId(account.id), { restore: restore ?? ofFile, reached }];
    }),
  );
}
