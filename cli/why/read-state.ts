// What the apply's state knows of one person, in words. Loaded only here, because Pulumi's libraries take half a second.
import { DormantError } from '../../policy/errors.ts';
import { computeRemovals, toOriginalState } from '../../policy/files/removals.ts';
import type { IdKey } from '../../policy/identifiers.ts';
import { isEmulated, type Tenant } from '../../policy/schemas/tenant.ts';
import { translateEngineError } from '../../stacks/engine/engine-errors.ts';
import { findPulumi, findPulumiArchive } from '../../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { type KnownAccount, readAccountState } from '../../stacks/engine/read-account-state.ts';
import { resolveBackendUrl } from '../apply/run-options.ts';
import type { StateWords } from './standing.ts';

interface StateQuery {
  repo: string;
  stack: string;
  tenant: Pick<Tenant, 'cloud'>;
}

/** null: there is no state, or it does not have the account. Throws what says why it cannot be read; nothing is installed for it. */
export async function readStateWords({ repo, stack, tenant }: StateQuery, id: IdKey): Promise<StateWords | null> {
  const installed = await findPulumi(await findPulumiArchive(), process.env);
  if (installed === null) {
    throw new DormantError(
      'pulumi-cli-missing',
      'The state is not read: this machine has no Pulumi CLI that was verified.',
      {
        remedy: `Install it once by \`npm run -s pulumi-cli -- ${stack}\`.`,
      },
    );
  }
  const backendUrl = await resolveBackendUrl(repo, stack, isEmulated(tenant.cloud));
  const options = { repository: repo, stack, env: process.env, pulumiCommand: installed.command, backendUrl };
  const state = await readAccountState(options, id).catch((error: unknown) => {
    throw toDormantError(translateEngineError(error));
  });
  return state?.account ? toWords(state.account) : null;
}

/** Whatever the Automation API throws: the rest of the page is there all the same. */
function toDormantError(error: unknown): DormantError {
  if (error instanceof DormantError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new DormantError('state-unreadable', `The state cannot be read: ${message}`, { cause: error });
}

function toWords({ reached, isSettled, isBegun, tookOn, restore }: KnownAccount): StateWords {
  return { taken: restore === null ? [] : describeTaken(reached, restore), isSettled, isBegun, tookOn };
}

function describeTaken(reached: KnownAccount['reached'], restore: NonNullable<KnownAccount['restore']>): string[] {
  const { signIn, mailbox, licenses } = computeRemovals(toOriginalState(restore), reached);
  return [...(signIn ? ['sign-in'] : []), ...(mailbox ? ['their own mailbox'] : []), ...licenses];
}
