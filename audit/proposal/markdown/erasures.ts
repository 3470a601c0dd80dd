// Files of archive/ that go for good with the merge, and those that are due and stay, with the reason.
import { renderPersonCell } from '../../../forge/markdown/cells.ts';
import { escapeMarkdown, formatCode, renderTableHead, renderTableRow } from '../../../forge/markdown/escape.ts';
import { buildFileAnchor } from '../../../forge/markdown/file-link.ts';
import type { Section } from '../../../forge/markdown/fit-sections.ts';
import type { Erasure } from '../../../policy/plan/move.ts';
import { formatCount, formatDay } from '../../../policy/words/labels.ts';
import { locatePage } from '../../../policy/words/locate-page.ts';
import { findHidingStyle } from '../../../policy/words/show-name.ts';
import type { AuditView } from '../../audit-view.ts';

export function buildErasuresSection(result: AuditView): Section {
  const { erased } = result.plan.erasures;
  return {
    heading: erased.length > 0 ? `### Erased: ${erased.length.toLocaleString('en-US')}` : '',
    lead: erased.length > 0 ? describeErasure(result) : '',
    head: renderTableHead(listColumns(result)),
    rows: erased.map((erasure) => renderTableRow(renderCells(erasure, result, { isChanged: true }))),
    fold: formatCount(erased.length, 'person', 'people'),
  };
}

export function buildKeptErasuresSection(result: AuditView): Section {
  const { kept } = result.plan.erasures;
  return {
    heading: kept.length > 0 ? '### Due to be erased, and kept' : '',
    lead: kept.length > 0 ? 'Nobody is erased who is still blocked, or could be given something back.' : '',
    head: renderTableHead([...listColumns(result), ['Why it stays', 'left']]),
    rows: kept.map((erasure) =>
      renderTableRow([...renderCells(erasure, result, { isChanged: false }), escapeMarkdown(erasure.because, 300)]),
    ),
    fold: formatCount(kept.length, 'person', 'people'),
  };
}

/** A path names whose file it is. */
function listColumns({ policy }: AuditView): [title: string, align: 'left'][] {
  const file: [string, 'left'][] = findHidingStyle(policy) === null ? [['File', 'left']] : [];
  return [['Person', 'left'], ...file, ['In the archive since', 'left']];
}

function describeErasure({ policy }: AuditView): string {
  const days = formatCount(policy.privacy?.eraseAfterDays ?? 0, 'day');
  return `These files go for good. They have been in the archive for ${days} or longer, and their accounts are gone from the tenant or have back what was taken. Git history keeps them: ${locatePage('guides/erase.md')} says what that means. To keep one, put its file back in this pull request, or exempt the account.`;
}

/** `isChanged`: the file is among the pull request's, so that a row without names leads to it. */
function renderCells(
  { file, paths, since }: Erasure,
  { auditedOn, policy }: AuditView,
  { isChanged }: { isChanged: boolean },
): string[] {
  const day = formatDay(since, auditedOn);
  if (findHidingStyle(policy) === null)
    return [renderPersonCell(file.account), paths.map((path) => formatCode(path, 200)).join('<br>'), day];
  const [path = ''] = paths;
  return [isChanged ? renderPersonCell(file.account, buildFileAnchor(path)) : renderPersonCell(file.account), day];
}
