// Whose file a pull request changes. Where names are hidden, with a link to that file, which has them.
import { renderPersonCell } from '../../../forge/markdown/cells.ts';
import { buildFileAnchor } from '../../../forge/markdown/file-link.ts';
import type { Move } from '../../../policy/plan/move.ts';
import { findHidingStyle } from '../../../policy/words/show-name.ts';
import type { AuditView } from '../../audit-view.ts';

export function renderMovedPerson(move: Move, result: Pick<AuditView, 'plan' | 'policy'>): string {
  const { account } = move.file;
  return findHidingStyle(result.policy) === null
    ? renderPersonCell(account)
    : renderPersonCell(account, buildFileAnchor(findChangedPath(move, result)));
}

/** Of a file that goes to the archive its new place. */
function findChangedPath({ path, archivePaths }: Move, { plan: { files } }: Pick<AuditView, 'plan'>): string {
  const archived = archivePaths.find((one) => typeof files.get(one) === 'string');
  return typeof files.get(path) === 'string' ? path : (archived ?? path);
}
