// Splits changes into commits that createCommitOnBranch accepts. Pure.
import type { FileChange } from './branch-changes.ts';

/** Sources disagree on whether GitHub limits a commit to 100 files; 100 is safe, and a proposal seldom needs more. */
const maxFiles = 100;

/** Far below the limit of one request to GitHub's API; base64 makes contents a third larger. */
const maxBytes = 4 * 1024 * 1024;

/** In the given order; a chunk has at least one change, so a single large file is sent, too. */
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
