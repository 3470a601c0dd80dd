// What a preview would do, and what an apply did, as the one comment of a pull request: the same words for both.
// The side that acts passes plain values; nothing here knows the engine.

import type { StayReason } from '../../../policy/schemas/account.ts';
import { datesInWords } from '../../../policy/sentence.ts';
import { listInWords, moneyInWords, stayWords, withoutSignInsWords } from '../../../policy/words.ts';
import { cell, code, tableHead, tableRow } from './escape.ts';
import { fitSections, type Section } from './fit.ts';
import { moneyCell, person } from './moves.ts';

export interface ChangedAccount {
  displayName: string;
  userPrincipalName: string;
}

/** Every list is in the order it is shown in; an account stands in as many lists as things happen to it. */
export interface Changes {
  stack: string;
  /** preview: nothing has happened yet. apply: it has, but for what is refused or failed. */
  mode: 'preview' | 'apply';
  currency: string;
  /** Whose sign-in is blocked. */
  disabled: readonly (ChangedAccount & { mailbox: 'shared' | 'unchanged' | 'by hand' })[];
  /** Whose mailbox alone is shared: their sign-in was blocked before, or stays allowed. */
  shared?: readonly ChangedAccount[];
  /** Without `removed`: whose licences all stay after all. */
  delicensed: readonly (ChangedAccount & {
    /** SKU part numbers. */
    removed: readonly string[];
    /** `because`: the reason as it was found, with its dates and numbers. */
    stays: readonly { skuPartNumber: string; reason: StayReason; because?: string; group?: string }[];
    monthly: number;
  })[];
  restored: readonly (ChangedAccount & { gives: readonly string[] })[];
  /** Synced accounts that Conditional Access holds from now on, or lets go. */
  quarantined: readonly (ChangedAccount & { how: 'report-only' | 'enforced' | 'released' })[];
  mailed: readonly {
    to: string;
    kind: 'notice' | 'reminder';
    about: readonly string[];
    /** A run died while it sent this mail, so that it may arrive, or have arrived, twice. */
    mayBeSecond?: boolean;
  }[];
  /** Left alone because something changed since the review. */
  refused: readonly (ChangedAccount & { because: string })[];
  /** Tried and not done; apply only. */
  failed: readonly (ChangedAccount & { because: string })[];
  /** Something is taken although nobody could see whether these people signed in since. */
  withoutSignIns: boolean;
  /** Why nothing at all is done: a lock, an unreadable file. null: nothing stops it. */
  stopped: string | null;
  /** Why nothing is taken, while what is given back goes on: a cap. */
  limited?: string | null;
  /** What else a reader has to know, in sentences. */
  notes?: readonly string[];
  /** What differs from the comment before this one, in sentences as `upsertComment` gives them; empty for the first. */
  sinceLastTime: readonly string[];
}

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
  return fitSections([headline(changes), sinceLastTime(changes), ...problems(changes), ...done(changes)], {
    most: options.limit ?? 60_000,
    size: (text) => text.length,
    elsewhere: where,
  });
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
      `without licences (${moneyInWords(monthly, currency)} a month)`,
    ),
    ...count(changes.restored, 'given back'),
    ...count(changes.quarantined, 'in or out of quarantine'),
    ...count(changes.refused, 'refused'),
    ...count(changes.failed, 'failed'),
    ...count(
      changes.mailed,
      `${changes.mailed.length === 1 ? 'mail' : 'mails'} ${mode === 'preview' ? 'to send' : 'sent'}`,
    ),
  ];
  const title = `### ${mode === 'preview' ? 'What merging this does' : 'What this merge did'} in ${code(stack)}`;
  const summary = parts.length === 0 ? 'No account changes.' : `${parts.join(' · ')}.`;
  return plain(title, [...warnings(changes), summary].join('\n\n'));
}

function warnings({ stopped, limited = null, withoutSignIns, notes = [] }: Changes): string[] {
  const caution = (what: string, why: string) => `> [!CAUTION]\n> **${what}:** ${cell(why, 500)}`;
  return [
    ...(stopped === null ? [] : [caution('Nothing is done', stopped)]),
    ...(limited === null ? [] : [caution('Nothing is taken, and what is given back goes on', limited)]),
    ...(withoutSignIns ? [`> [!WARNING]\n> ${cell(withoutSignInsWords, 500)}`] : []),
    ...notes.map((note) => `> [!NOTE]\n> ${cell(note, 500)}`),
  ];
}

function losesLicenses({ removed }: Changes['delicensed'][number]): boolean {
  return removed.length > 0;
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

function problems({ refused, failed }: Changes): Section[] {
  const head = tableHead([
    ['Person', 'left'],
    ['Why', 'left'],
  ]);
  const row = (account: ChangedAccount & { because: string }) =>
    tableRow([person(account), cell(datesInWords(account.because, ''), 400)]);
  return [
    { heading: titled('Failed', failed), lead: '', head, rows: failed.map(row), fold: null },
    {
      heading: titled('Refused: changed since the review', refused),
      lead: '',
      head,
      rows: refused.map(row),
      fold: null,
    },
  ];
}

function done(changes: Changes): Section[] {
  const { disabled, shared = [], delicensed, restored, quarantined, mailed, currency } = changes;
  return [
    table('Sign-in blocked', ['Person', 'Mailbox'], disabled, (account) => [
      person(account),
      mailboxWords[account.mailbox],
    ]),
    table('Mailbox shared', ['Person'], shared, (account) => [person(account)]),
    table(
      'Licences removed',
      ['Person', 'Removed', 'Stays', 'A month'],
      delicensed.filter(losesLicenses),
      (account) => [
        person(account),
        account.removed.map((sku) => code(sku)).join(' '),
        stayingCell(account),
        moneyCell(account.monthly, currency),
      ],
    ),
    table(
      'Licences that all stay',
      ['Person', 'Stays'],
      delicensed.filter((account) => !losesLicenses(account)),
      (account) => [person(account), stayingCell(account)],
    ),
    table('Given back', ['Person', 'What'], restored, (account) => [
      person(account),
      cell(listInWords(account.gives), 200),
    ]),
    table('Quarantine of synced accounts', ['Person', 'Conditional Access'], quarantined, (account) => [
      person(account),
      quarantineWords[account.how],
    ]),
    table('Mail', ['To', 'Kind', 'About'], mailed, ({ to, kind, about, mayBeSecond }) => [
      code(to),
      mayBeSecond ? `${kind}, perhaps for the second time` : kind,
      cell(listInWords(about), 300),
    ]),
  ];
}

function stayingCell({ stays }: Changes['delicensed'][number]): string {
  const why = ({ reason, because, group }: (typeof stays)[number]) =>
    group === undefined ? (because ?? stayWords[reason]) : `inherited from group ${group}`;
  const lines = stays.map((stay) => `${code(stay.skuPartNumber)} ${cell(datesInWords(why(stay), ''), 200)}`);
  return lines.join('<br>') || '–';
}

const mailboxWords = {
  shared: 'becomes shared',
  unchanged: 'unchanged',
  'by hand': 'to be converted by an admin',
};

const quarantineWords = {
  'report-only': 'reports what it would block',
  enforced: 'blocks every app',
  released: 'lets go',
};

function table<T>(
  title: string,
  columns: readonly string[],
  entries: readonly T[],
  cells: (entry: T) => string[],
): Section {
  return {
    heading: '',
    lead: '',
    head: tableHead(columns.map((column) => [column, column === 'A month' ? 'right' : 'left'] as const)),
    rows: entries.map((entry) => tableRow(cells(entry))),
    fold: `${title}: ${entries.length.toLocaleString('en-US')}`,
  };
}

function titled(title: string, accounts: readonly unknown[]): string {
  return accounts.length === 0 ? '' : `#### ${title}: ${accounts.length.toLocaleString('en-US')}`;
}

function plain(heading: string, lead: string): Section {
  return { heading, lead, head: '', rows: [], fold: null };
}
