// Cells that the tables of the audit and of the apply share. Pure.
import { formatMoney } from '../../policy/words/labels.ts';
import { escapeMarkdown, formatCode } from './escape.ts';

/** The name above the account name, to keep rows narrow. */
export function renderPersonCell({
  displayName,
  userPrincipalName,
}: {
  displayName: string;
  userPrincipalName: string;
}): string {
  const name = escapeMarkdown(displayName, 60);
  return name === '' ? formatCode(userPrincipalName) : `**${name}**<br>${formatCode(userPrincipalName)}`;
}

/** An amount with a no-break space, for narrow columns. */
export function formatMoneyCell(amount: number, currency: string): string {
  return formatMoney(amount, currency).replace(' ', '\u00A0');
}
