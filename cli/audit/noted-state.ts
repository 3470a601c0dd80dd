// What the apply's state knows, for an audit that has to know what was taken, or when main got something. Opened only when it is
// asked for, and once.
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { isEmulated } from '../../policy/schemas/tenant.ts';
import type { NotedState } from '../../policy/signing/noted-state.ts';
import { translateEngineError } from '../../stacks/engine/engine-errors.ts';
import { ensurePulumi } from '../../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { readNotedState } from '../../stacks/engine/read-noted-state.ts';
import { resolveBackendUrl } from '../apply/run-options.ts';

type ReadNoted = () => Promise<NotedState | null>;

/** null: the state cannot be read, as `say` says: whoever only it could vouch for is set aside. */
export function createNotedReader(
  repository: string,
  { stack, tenant }: StackFiles,
  say: (sentence: string) => void,
): ReadNoted {
  const read = async () => {
    try {
      const backendUrl = await resolveBackendUrl(repository, stack, isEmulated(tenant.value.cloud));
      const pulumiCommand = await ensurePulumi({ env: process.env, say });
      return await readNotedState({ repository, stack, env: process.env, pulumiCommand, backendUrl });
    } catch (error) {
      const reason = translateEngineError(error);
      say(`The state of the apply cannot be read: ${reason instanceof Error ? reason.message : String(reason)}`);
      return null;
    }
  };
  let found: ReturnType<ReadNoted> | null = null;
  return () => {
    found ??= read();
    return found;
  };
}
