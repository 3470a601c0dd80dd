// Where a stack's results are. By itself, because most commands read what an audit wrote, and none but the audit has to load what
// draws its report.
import { join } from 'node:path';

/** The folder of a stack's results, below the repository's root; git ignores it. */
export function getOutFolder(repository: string, stack: string): string {
  return join(repository, 'out', stack);
}
