// Which holds keep a mailbox's contents, by the table of "How to identify the type of hold placed on an Exchange Online
// mailbox" (learn.microsoft.com, purview/ediscovery-identify-a-hold-on-an-exchange-online-mailbox).
export interface Holds {
  litigationHold: boolean;
  /** As Get-Mailbox shows it: `UniH…`, `cld…`, a bare GUID, `mbx…:2`, `skp…:1`, `-mbx…`. */
  inPlaceHolds: readonly string[];
  complianceTagHold: boolean;
  delayHold: boolean;
  delayReleaseHold: boolean;
}

/** No holds. Shared by all mailboxes; a changed one gets a copy. */
export const NO_HOLDS: Holds = {
  litigationHold: false,
  inPlaceHolds: [],
  complianceTagHold: false,
  delayHold: false,
  delayReleaseHold: false,
};

/** The holds alone, as they are now. */
export function pickHolds(mailbox: Holds): Holds {
  const { litigationHold, inPlaceHolds, complianceTagHold, delayHold, delayReleaseHold } = mailbox;
  return { litigationHold, inPlaceHolds, complianceTagHold, delayHold, delayReleaseHold };
}

/** Whether the mailbox's own holds, or an organisation-wide policy that does not exclude it, hold the mailbox. */
export function isOnHold(mailbox: Holds, organizationHolds: readonly string[]): boolean {
  if (mailbox.litigationHold || mailbox.complianceTagHold) return true;
  if (mailbox.delayHold || mailbox.delayReleaseHold) return true;
  if (mailbox.inPlaceHolds.some(isRetaining)) return true;
  const excluded = new Set(mailbox.inPlaceHolds.filter((hold) => hold.startsWith('-')).map(normalizePolicyId));
  return organizationHolds.some((hold) => isRetaining(hold) && !excluded.has(normalizePolicyId(hold)));
}

/**
 * Whether an entry of InPlaceHolds keeps anything. `:1` only deletes, `-mbx` is an exclusion, `grp` is for groups and
 * channel messages. A policy without a number is undocumented: it counts as a hold.
 */
function isRetaining(entry: string): boolean {
  const hold = entry.trim().toLowerCase();
  if (hold === '' || hold.startsWith('-') || hold.startsWith('grp')) return false;
  return !/^(mbx|skp).*:1$/.test(hold);
}

/** The policy's id alone: `mbx7cfb30345d454ac0a989ab3041051209:2` and `-mbx7CFB…` are the same policy. */
function normalizePolicyId(hold: string): string {
  return hold
    .trim()
    .toLowerCase()
    .replace(/^-?(mbx|skp)/, '')
    .replace(/:\d+$/, '')
    .replaceAll('-', '');
}
