// What the apply's state knows, for an audit that has to know what was taken, or when main got something. Opened only when it is
// asked for, and once.
import type { StackFiles } from '../../policy/files/stack-files.ts';
import type { NotedState } from '../../policy/signing/noted-state.ts';

type ReadNoted = () => Promise<NotedState | null>;

/** null: the state cannot be read, as `say` says: whoever only it could vouch for is set aside. */
export function createNotedReader(repository: string, files: StackFiles, say: (sentence: string) => void): ReadNoted {
  let found: ReturnType<ReadNoted> | null = null;
  const read = async () => {
    const { readApplyState } = await import('./read-apply-state.ts');
    return readApplyState(repository, files, say);
  };
  return () => {
    found ??= read();
    return found;
  };
}
