// What a preview would do, and what an apply did, as the one comment of a pull request: the same words for both.
// The side that acts passes plain values; nothing here knows the engine.

import { formatMoney, withoutSignInsWords } from '../../../policy/words.ts';
import type { Changes } from './account-changes.ts';
import { changeTables, losesLicenses, problemTables } from './changes-tables.ts';
import { cell, code } from './escape.ts';
import { fitSections, type Section } from './fit.ts';

export type { ChangedAccount, Changes } from './account-changes.ts';

export interface ChangesOptions {
  /** The most characters the comment may have; GitHub's own limit is 65,536. */
  limit?: number;
  artifactUrl?: string;
}

export function changesComment(changes: Changes, options: ChangesOptions = {}): string {
  const where =
    options.artifactUrl === undefined
      ? 'in this run’s files'
      : `in the files of [this run](${encodeURI(options.artifactUrl)})`;
  return fitSections(
    [headline(changes), sinceLastTime(changes), ...problemTables(changes), ...changeTables(changes)],
    {
      most: options.limit ?? 60_000,
      size: (text) => text.length,
      elsewhere: where,
    },
  );
}

function headline(changes: Changes): Section {
  const { stack, mode, currency } = changes;
  const monthly =
    changes.delicensed.reduce((cents, account) => cents + Math.round(account.monthly * 100), 0) / 100;
  const parts = [
    ...count(changes.disabled, 'disabled'),
    ...count(changes.shared ?? [], 'with a shared mailbox'),
    ...count(
      changes.delicensed.filter(losesLicenses),
      `with licences removed (${formatMoney(monthly, currency)} a month)`,
    ),
    ...count(changes.restored, 'given back'),
    ...count(changes.quarantined, 'in or out of quarantine'),
    ...count(changes.corrected ?? [], 'put right in the quarantine'),
    ...count(changes.refused, 'refused'),
    ...count(changes.failed, 'failed'),
    ...count(changes.waiting ?? [], 'waiting'),
    ...count(
      changes.mailed,
      `${changes.mailed.length === 1 ? 'mail' : 'mails'} ${mode === 'preview' ? 'to send' : 'sent'}`,
    ),
  ];
  const title = `### ${mode === 'preview' ? 'What merging this does' : 'What this merge did'} in ${code(stack)}`;
  const summary = parts.length === 0 ? 'No account changes.' : `${parts.join(' · ')}.`;
  const clocks = (changes.clocks ?? []).join(' ');
  return plain(title, [...warnings(changes), summary, clocks].filter((part) => part !== '').join('\n\n'));
}

function warnings({ stopped, limited = null, withoutSignIns, notes = [] }: Changes): string[] {
  const caution = (what: string, why: string) => `> [!CAUTION]\n> **${what}:** ${cell(why, 500)}`;
  return [
    ...(stopped === null ? [] : [caution('Nothing is done', stopped)]),
    ...(limited === null ? [] : [caution('Only what is given back goes on', limited)]),
    ...(withoutSignIns ? [`> [!WARNING]\n> ${cell(withoutSignInsWords, 500)}`] : []),
    ...notes.map((note) => `> [!NOTE]\n> ${cell(note, 500)}`),
  ];
}

function count(accounts: readonly unknown[], what: string): string[] {
  return accounts.length === 0 ? [] : [`**${accounts.length.toLocaleString('en-US')}** ${what}`];
}

function sinceLastTime({ sinceLastTime: sentences }: Changes): Section {
  return {
    ...plain(sentences.length > 0 ? '#### New since the last time' : '', ''),
    rows: sentences.map((sentence) => `- ${cell(sentence, 500)}`),
  };
}

function plain(heading: string, lead: string): Section {
  return { heading, lead, head: '', rows: [], fold: null };
}
