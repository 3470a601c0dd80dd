// One line of PowerShell for one account, in which no name can become a command. Pure.
import type { UserPrincipalName } from '../../policy/identifiers.ts';

interface AdName {
  /** The SID, which needs no quoting and never changes. */
  securityIdentifier: string | null;
  userPrincipalName: UserPrincipalName;
}

/** `Disable-ADAccount -Identity S-1-5-21-…`; without a SID by userPrincipalName, only if exactly one account has it. */
export function buildAdAccountCommand(
  action: 'disable' | 'enable',
  { securityIdentifier, userPrincipalName }: AdName,
): string {
  const cmdlet = action === 'disable' ? 'Disable-ADAccount' : 'Enable-ADAccount';
  if (securityIdentifier !== null && isSid(securityIdentifier))
    return `${cmdlet} -Identity ${quote(securityIdentifier)}`;
  const filter = quote(`(userPrincipalName=${escapeLdap(userPrincipalName)})`);
  return `$user = @(Get-ADUser -LDAPFilter ${filter}); if ($user.Count -eq 1) { $user | ${cmdlet} } else { throw 'not exactly one account' }`;
}

function isSid(text: string): boolean {
  return /^S-1-5-21(-\d{1,10}){3,4}$/.test(text);
}

/** RFC 4515: these mean something in a filter. So do control characters in a terminal, and none belongs in a name. */
function escapeLdap(text: string): string {
  return text.replace(/[*()\\\p{Cc}\p{Zl}\p{Zp}]/gu, (sign) =>
    [...Buffer.from(sign)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}

/** A literal string; PowerShell also takes typographic quotes for quotes. */
function quote(text: string): string {
  return `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;
}
