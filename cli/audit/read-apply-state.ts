// Reads what the apply's state knows. By itself, because Pulumi's libraries take half a second to load and most audits never ask.
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { isEmulated } from '../../policy/schemas/tenant.ts';
import type { NotedState } from '../../policy/signing/noted-state.ts';
import { translateEngineError } from '../../stacks/engine/engine-errors.ts';
import { ensurePulumi } from '../../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { readNotedState } from '../../stacks/engine/read-noted-state.ts';
import { resolveBackendUrl } from '../apply/run-options.ts';

/** null: the state cannot be read, as `say` says. */
export async function readApplyState(
  repository: string,
  { stack, tenant }: StackFiles,
  say: (sentence: string) => void,
): Promise<NotedState | null> {
  try {
    const backendUrl = await resolveBackendUrl(repository, stack, isEmulated(tenant.value.cloud));
    const pulumiCommand = await ensurePulumi({ env: process.env, say });
    return await readNotedState({ repository, stack, env: process.env, pulumiCommand, backendUrl });
  } catch (error) {
    const reason = translateEngineError(error);
    say(`The state of the apply cannot be read: ${reason instanceof Error ? reason.message : String(reason)}`);
    return null;
  }
}
