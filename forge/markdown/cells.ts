// Cells that the tables of the audit and of the apply share. Pure.
import { formatMoney } from '../../policy/words/labels.ts';
import { escapeMarkdown, formatCode } from './escape.ts';

interface ShownPerson {
  displayName: string;
  userPrincipalName: string;
}

/** The name above the account name, to keep rows narrow. `link`: where the account name leads; absent: nowhere. */
export function renderPersonCell({ displayName, userPrincipalName }: ShownPerson, link?: string): string {
  const name = escapeMarkdown(displayName, 60);
  const code = formatCode(userPrincipalName);
  const account = link === undefined ? code : `[${code}](${link})`;
  if (name === '') return account;
  // Beside it, since many people share their initials.
  return `**${name}**${startOfId.test(userPrincipalName) ? ' · ' : '<br>'}${account}`;
}

/** No account name looks like it. */
const startOfId = /^[0-9a-f]{8}$/;

/** An amount with a no-break space, for narrow columns. */
export function formatMoneyCell(amount: number, currency: string): string {
  return formatMoney(amount, currency).replace(' ', '\u00A0');
}
