// Everything that an audit writes, all of it in out/, which git ignores: lists, report, the pull request's text and the proposal
// with its files. `dormant propose` makes a commit of those; nobody's working tree is touched.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditView } from './audit-view.ts';
import { hideNames } from './hide-names.ts';
import { getOutFolder } from './out-folder.ts';
import { formatPullRequestTitle, renderJobSummary, renderPullRequestBody } from './proposal/markdown/body.ts';
import { buildProposal, writeProposal } from './proposal/proposal-file.ts';
import { writeCsvs } from './report/csv.ts';
import { renderHtmlReport } from './report/html.ts';
import { writeJson } from './report/json.ts';
import { renderWorksCouncilReport } from './report/works-council.ts';
import type { AuditRun } from './run-audit.ts';

interface WriteOptions {
  repository: string;
  main: string;
  /** Where a reader of the pull request finds the lists, as an https address. */
  artifactUrl?: string;
}

/** Writes the results, and returns their paths. */
export async function writeResults(
  { result, view, state, listFacts }: Pick<AuditRun, 'result' | 'view' | 'state' | 'listFacts'>,
  options: WriteOptions,
): Promise<string[]> {
  const folder = getOutFolder(options.repository, result.stack);
  const reports = await writeReports(view, folder, options);
  const council = join(folder, 'works-council.html');
  await writeFile(council, renderWorksCouncilReport(view));
  const summary = join(folder, 'summary.md');
  await writeFile(summary, renderJobSummary(hideNames(view), toBodyOptions(options)));
  if (state.audited) await writeProposal(join(folder, 'proposal.json'), buildProposal(result, state.audited, options));
  const json = await writeJson(result, folder, listFacts);
  return [json, ...reports, council, summary];
}

/** What people read: the lists, the report and the pull request's text. Returns their paths. */
export async function writeReports(
  view: AuditView,
  folder: string,
  options: Pick<WriteOptions, 'artifactUrl'> = {},
): Promise<string[]> {
  const lists = await writeCsvs(view, folder);
  const shown = hideNames(view);
  const body = renderPullRequestBody(shown, toBodyOptions(options));
  const texts: Record<string, string> = {
    'report.html': renderHtmlReport(shown),
    'pull-request.md': `# ${formatPullRequestTitle(shown)}\n\n${body}`,
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  return [...lists, ...Object.keys(texts).map((name) => join(folder, name))];
}

function toBodyOptions({ artifactUrl }: Pick<WriteOptions, 'artifactUrl'>) {
  return artifactUrl === undefined ? {} : { artifactUrl };
}
