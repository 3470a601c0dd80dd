// The tables of a preview's or an apply's comment: what went wrong, then what happens to whom.
import { formatMoneyCell, renderPersonCell } from '../../forge/markdown/cells.ts';
import {
  escapeMarkdown,
  escapeMarkdownWithIds,
  formatCode,
  renderTableHead,
  renderTableRow,
} from '../../forge/markdown/escape.ts';
import { buildFileAnchor } from '../../forge/markdown/file-link.ts';
import type { Section } from '../../forge/markdown/fit-sections.ts';
import { mailboxChangeWords, quarantineWords } from '../../policy/words/apply-words.ts';
import { formatDates } from '../../policy/words/describe-account.ts';
import { formatList } from '../../policy/words/labels.ts';
import type { AccountChanges, ChangedAccount } from './account-changes.ts';

export function buildProblemTables({ refused, failed, waiting = [] }: AccountChanges): Section[] {
  const head = renderTableHead([
    ['Person', 'left'],
    ['Why', 'left'],
  ]);
  const renderRow = (account: ChangedAccount & { because: string }) =>
    renderTableRow([renderChangedPerson(account), escapeMarkdownWithIds(formatDates(account.because, ''), 400)]);
  const buildSection = (title: string, accounts: typeof refused): Section => ({
    ...{ heading: formatTitle(title, accounts), lead: '', head, rows: accounts.map(renderRow), fold: null },
  });
  return [buildSection('Failed', failed), buildSection('Refused', refused), buildSection('Waiting', waiting)];
}

export function buildChangeTables(changes: AccountChanges): Section[] {
  const {
    disabled,
    shared = [],
    delicensed,
    restored,
    doneEarlier = [],
    quarantined,
    corrected = [],
    mailed,
    receipts = [],
    currency,
    names,
  } = changes;
  return [
    buildDisabledTable(disabled),
    buildTable('Mailbox shared', ['Person'], shared, (account) => [renderChangedPerson(account)]),
    buildTable(
      'Licences removed',
      ['Person', 'Removed', 'Stays', 'A month'],
      delicensed.filter(hasRemovedLicenses),
      (account) => [
        renderChangedPerson(account),
        renderRemovedCell(account),
        renderStayingCell(account),
        formatMoneyCell(account.monthly, currency),
      ],
    ),
    buildTable(
      'Licences that all stay',
      ['Person', 'Stays'],
      delicensed.filter((account) => !hasRemovedLicenses(account)),
      (account) => [renderChangedPerson(account), renderStayingCell(account)],
    ),
    buildTable('Given back', ['Person', 'What'], restored, (account) => [
      renderChangedPerson(account),
      escapeMarkdown(formatList(account.gives), 200),
    ]),
    buildTable('Done by an earlier run that ended early', ['Person', 'What'], doneEarlier, (account) => [
      renderChangedPerson(account),
      escapeMarkdown(formatList(account.what), 300),
    ]),
    buildTable('Quarantine of synced accounts', ['Person', 'Conditional Access'], quarantined, (account) => [
      renderChangedPerson(account),
      quarantineWords[account.how],
    ]),
    buildTable('Corrected in the quarantine', ['What'], corrected, (sentence) => [escapeMarkdown(sentence, 300)]),
    buildTable('Mail', ['To', 'Kind', 'About'], mailed, ({ to, kind, about, mayBeSecond }) => [
      formatCode(to),
      mayBeSecond ? `${kind}, perhaps for the second time` : kind,
      (names === undefined ? escapeMarkdown : escapeMarkdownWithIds)(formatList(about), 300),
    ]),
    buildTable('Microsoft’s receipts', ['Person', 'What', 'When', 'Request'], receipts, (receipt) => [
      renderChangedPerson(receipt),
      escapeMarkdown(receipt.step, 200),
      formatCode(receipt.at),
      renderRequestCell(receipt),
    ]),
  ];
}

function buildDisabledTable(disabled: AccountChanges['disabled']): Section {
  const isTaking = disabled.some(({ withBlock }) => withBlock !== undefined);
  return buildTable(
    'Sign-in blocked',
    ['Person', 'Mailbox', ...(isTaking ? ['Goes with the block, by its group'] : [])],
    disabled,
    ({ mailbox, withBlock, ...person }) => [
      renderChangedPerson(person),
      mailboxChangeWords[mailbox],
      ...(isTaking ? [withBlock?.licenses.map((sku) => formatCode(sku)).join(' ') ?? '–'] : []),
    ],
  );
}

function renderRequestCell({ requestId, item }: NonNullable<AccountChanges['receipts']>[number]): string {
  return item === null ? formatCode(requestId) : `${formatCode(requestId)}, a batch: item ${formatCode(item)}`;
}

/** "If one is assigned": Graph does not show whether a phone number is. */
function renderRemovedCell({ removed, groups = [], phones = [] }: AccountChanges['delicensed'][number]): string {
  const formatProducts = (skus: readonly string[]) => skus.map((sku) => formatCode(sku)).join(' ');
  const byGroup = groups.map(
    ({ displayName, gave }) => `${formatProducts(gave)} out of the group ${escapeMarkdown(displayName, 100)}`,
  );
  const given = new Set(groups.flatMap(({ gave }) => gave));
  const direct = removed.filter((sku) => !given.has(sku));
  return [
    ...(direct.length === 0 ? [] : [formatProducts(direct)]),
    ...byGroup,
    ...(phones.length === 0 ? [] : [`with ${formatProducts(phones)} a phone number, if one is assigned`]),
  ].join('<br>');
}

function renderStayingCell({ stays }: AccountChanges['delicensed'][number]): string {
  const lines = stays.map(
    ({ skuPartNumber, because }) => `${formatCode(skuPartNumber)}: ${escapeMarkdown(formatDates(because, ''), 200)}`,
  );
  return lines.join('<br>') || '–';
}

function buildTable<T>(
  title: string,
  columns: readonly string[],
  entries: readonly T[],
  cells: (entry: T) => string[],
): Section {
  return {
    heading: '',
    lead: '',
    head: renderTableHead(columns.map((column) => [column, column === 'A month' ? 'right' : 'left'] as const)),
    rows: entries.map((entry) => renderTableRow(cells(entry))),
    fold: `${title}: ${entries.length.toLocaleString('en-US')}`,
  };
}

function formatTitle(title: string, accounts: readonly unknown[]): string {
  return accounts.length === 0 ? '' : `#### ${title}: ${accounts.length.toLocaleString('en-US')}`;
}

export function hasRemovedLicenses({ removed }: AccountChanges['delicensed'][number]): boolean {
  return removed.length > 0;
}

function renderChangedPerson({ path, ...account }: ChangedAccount): string {
  return renderPersonCell(account, path === undefined ? undefined : buildFileAnchor(path));
}
