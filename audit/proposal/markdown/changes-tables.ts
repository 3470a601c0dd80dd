// The tables of a preview's or an apply's comment: what went wrong, then what happens to whom.
import { formatDates } from '../../../policy/sentence.ts';
import { formatList, stayWords } from '../../../policy/words.ts';
import type { ChangedAccount, Changes } from './account-changes.ts';
import { cell, cellWithIds, code, tableHead, tableRow } from './escape.ts';
import type { Section } from './fit.ts';
import { moneyCell, person } from './moves.ts';

export function problemTables({ refused, failed, waiting = [] }: Changes): Section[] {
  const head = tableHead([
    ['Person', 'left'],
    ['Why', 'left'],
  ]);
  const row = (account: ChangedAccount & { because: string }) =>
    tableRow([person(account), cellWithIds(formatDates(account.because, ''), 400)]);
  const section = (title: string, accounts: typeof refused): Section => ({
    ...{ heading: titled(title, accounts), lead: '', head, rows: accounts.map(row), fold: null },
  });
  return [section('Failed', failed), section('Refused', refused), section('Waiting', waiting)];
}

export function changeTables(changes: Changes): Section[] {
  const {
    disabled,
    shared = [],
    delicensed,
    restored,
    quarantined,
    corrected = [],
    mailed,
    receipts = [],
    currency,
  } = changes;
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
        removedCell(account),
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
      cell(formatList(account.gives), 200),
    ]),
    table('Quarantine of synced accounts', ['Person', 'Conditional Access'], quarantined, (account) => [
      person(account),
      quarantineWords[account.how],
    ]),
    table('Put right in the quarantine', ['What'], corrected, (sentence) => [cell(sentence, 300)]),
    table('Mail', ['To', 'Kind', 'About'], mailed, ({ to, kind, about, mayBeSecond }) => [
      code(to),
      mayBeSecond ? `${kind}, perhaps for the second time` : kind,
      cell(formatList(about), 300),
    ]),
    table('Microsoft’s receipts', ['Person', 'What', 'When', 'Request'], receipts, (receipt) => [
      person(receipt),
      receipt.step,
      code(receipt.at),
      requestCell(receipt),
    ]),
  ];
}

function requestCell({ requestId, item }: NonNullable<Changes['receipts']>[number]): string {
  return item === null ? code(requestId) : `${code(requestId)}, a batch: item ${code(item)}`;
}

/** Nobody can read whether one is assigned. */
function removedCell({ removed, phones = [] }: Changes['delicensed'][number]): string {
  const products = (skus: readonly string[]) => skus.map((sku) => code(sku)).join(' ');
  if (phones.length === 0) return products(removed);
  return `${products(removed)}<br>with ${products(phones)} a phone number, if one is assigned`;
}

function stayingCell({ stays }: Changes['delicensed'][number]): string {
  const why = ({ reason, because, group }: (typeof stays)[number]) =>
    group === undefined ? (because ?? stayWords[reason]) : `inherited from group ${group}`;
  const lines = stays.map((stay) => `${code(stay.skuPartNumber)}: ${cell(formatDates(why(stay), ''), 200)}`);
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

export function losesLicenses({ removed }: Changes['delicensed'][number]): boolean {
  return removed.length > 0;
}
