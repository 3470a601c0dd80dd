// The pull request of an upgrade: what is new, what a person has to do, what happened to each file, and what stays. Pure.
import { escapeMarkdown, formatCode } from '../../forge/markdown/escape.ts';
import type { ChangelogSection } from './changelog.ts';

export interface NamedFile {
  path: string;
  kind: 'added' | 'updated' | 'merged' | 'removed' | 'migrated' | 'left';
  because?: string;
  /** Of a file that is left: as the new version would have it; null: it would not. */
  wanted?: string | null;
}

interface Upgrade {
  /** null: the code was a copy. */
  from: string | null;
  to: string;
  isDowngrade: boolean;
  /** Between the two versions. */
  sections: readonly ChangelogSection[];
  files: readonly NamedFile[];
}

export function renderUpgrade({ from, to, isDowngrade, sections, files }: Upgrade): { title: string; body: string } {
  const left = files.filter(({ kind }) => kind === 'left');
  const byHand = sections.filter((section) => section.byHand !== '');
  const parts = [
    introduce({ from, to, isDowngrade }),
    ...(left.length === 0 && byHand.length === 0
      ? []
      : ['## To do by hand', ...byHand.map(renderByHand), ...left.map(renderLeft)]),
    '## What stays',
    stays,
    '## Files',
    renderFiles(files.filter(({ kind }) => kind !== 'left')),
    isDowngrade ? '## What goes again' : '## What is new',
    sections.length === 0
      ? 'The changelog has nothing between these versions.'
      : sections.map(renderSection).join('\n\n'),
  ];
  const title =
    from === null
      ? `Run Dormant ${to} as a package`
      : `${isDowngrade ? 'Go back' : 'Upgrade Dormant'} from ${from} to ${to}`;
  return { title, body: parts.join('\n\n') };
}

function introduce({ from, to, isDowngrade }: Pick<Upgrade, 'from' | 'to' | 'isDowngrade'>): string {
  if (from === null)
    return `The copied code goes, and \`package.json\` names Dormant ${to}, which carries out the same files. What it would do differently, \`preview\` says before this is merged.`;
  return `\`package.json\` names Dormant ${to} in the place of ${from}${isDowngrade ? ', which is newer' : ''}. Nothing happens in a tenant by merging this; the next apply and the next audit run the ${isDowngrade ? 'older' : 'newer'} version.

What that version would do in each tenant: start the workflow *Upgrade preview* on main with this pull request’s number. It comments here.`;
}

const stays =
  'Every account file, in force or archived, the escalations, the policy, the prices, the exemptions and each tenant’s settings say what they said before. Facts in a new format are written by the audit that moves them, and the state of a stack by its next apply.';

function renderByHand({ version, byHand }: ChangelogSection): string {
  return `**${version}**\n\n${byHand}`;
}

function renderLeft({ path, because = '', wanted }: NamedFile): string {
  const words = `- [ ] ${formatCode(path)} is left as you have it: ${escapeMarkdown(because)}.`;
  if (wanted === undefined || wanted === null) return words;
  const fence = '`'.repeat(Math.max(3, ...[...wanted.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return `${words}\n\n  <details><summary>As the new version has it</summary>\n\n${fence}\n${wanted}\n${fence}\n\n  </details>`;
}

function renderFiles(files: readonly NamedFile[]): string {
  if (files.length === 0) return 'Only `package.json` and its lockfile.';
  const rows = files.map(
    ({ path, kind, because = '' }) => `| ${formatCode(path)} | ${kind} | ${escapeMarkdown(because)} |`,
  );
  return ['| File | What happened | Why |', '| --- | --- | --- |', ...rows].join('\n');
}

function renderSection({ version, releasedOn, changes }: ChangelogSection): string {
  return `### ${version}${releasedOn === null ? '' : `, ${releasedOn}`}\n\n${changes.replace(/^### /gm, '#### ')}`;
}
