// on-premises.csv: the orders as a list that opens in a spreadsheet, each with the line to run.
import { stringify } from 'csv-stringify/sync';
import type { OnPremisesOrder } from './orders.ts';

/** UTF-8 with a byte order mark and CRLF, as spreadsheets open it; sorted by userPrincipalName. */
export function renderOnPremisesCsv(orders: readonly OnPremisesOrder[]): string {
  const rows = [...orders]
    .sort((a, b) => (a.account.userPrincipalName < b.account.userPrincipalName ? -1 : 1))
    .map(({ action, account, command }) => [
      action,
      account.userPrincipalName,
      account.displayName,
      account.department ?? '',
      account.id,
      command,
    ]);
  return stringify(
    rows.map((row) => row.map(toOneLine)),
    {
      bom: true,
      record_delimiter: 'windows',
      header: true,
      columns: ['action', 'userPrincipalName', 'displayName', 'department', 'id', 'powerShell'],
      escape_formulas: true,
    },
  );
}

/** Line ends, and characters that a spreadsheet skips before it looks for a formula, belong in none of these. */
function toOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
