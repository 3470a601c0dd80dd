// Cuts many changes into commits that createCommitOnBranch takes. Pure.
import type { FileChange } from './branch-changes.ts';

/** Whether GitHub caps a commit at 100 files is disputed; 100 is safe either way, and a proposal seldom needs more. */
const maxFiles = 100;

/** Far below what GitHub's API takes in one request; contents travel as base64, a third larger. */
const maxBytes = 4 * 1024 * 1024;

/** In the given order; every chunk has at least one change, so that a single large file still goes. */
export function splitIntoChunks(changes: readonly FileChange[]): FileChange[][] {
  const chunks: FileChange[][] = [];
  let bytes = 0;
  for (const change of changes) {
    const size = Buffer.byteLength(change.text ?? '') + Buffer.byteLength(change.path);
    const current = chunks.at(-1);
    if (current && current.length < maxFiles && bytes + size <= maxBytes) {
      current.push(change);
      bytes += size;
    } else {
      chunks.push([change]);
      bytes = size;
    }
  }
  return chunks;
}
