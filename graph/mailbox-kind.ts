// What a mailbox is for, in the words of Graph, Exchange and the usage report: one table, so that they cannot differ.

/** `scheduling`: Bookings. `other`: every further kind that is not a person's. */
export type MailboxKind = 'user' | 'shared' | 'room' | 'equipment' | 'scheduling' | 'other';

/** null for an unknown word: another source must be asked. */
export function findMailboxKind(word: string): MailboxKind | null {
  return kinds.get(word.toLowerCase()) ?? null;
}

/**
 * Exchange's RecipientTypeDetails (Get-Mailbox and Get-Recipient pages), Graph's userPurpose (mailboxSettings page), and
 * the Recipient Type of the usage report, which is undocumented and has `Mailbox` at its end in some tenants.
 */
const kinds: ReadonlyMap<string, MailboxKind> = new Map([
  ...mapWords('user', ['user', 'usermailbox', 'linked', 'linkedmailbox', 'legacymailbox']),
  ...mapWords('shared', ['shared', 'sharedmailbox']),
  ...mapWords('room', ['room', 'roommailbox', 'linkedroommailbox', 'workspace', 'workspacemailbox', 'desk']),
  ...mapWords('equipment', ['equipment', 'equipmentmailbox']),
  ...mapWords('scheduling', ['scheduling', 'schedulingmailbox']),
  ...mapWords('other', [
    'others',
    'unknownfuturevalue',
    'discovery',
    'discoverymailbox',
    'team',
    'teammailbox',
    'group',
    'groupmailbox',
    'publicfolder',
    'publicfoldermailbox',
    'arbitrationmailbox',
    'auditlogmailbox',
    'auxauditlogmailbox',
    'supervisoryreviewpolicymailbox',
    'systemmailbox',
    'systemattendantmailbox',
    'mailboxplan',
    'remoteusermailbox',
    'remotesharedmailbox',
    'remoteroommailbox',
    'remoteequipmentmailbox',
    'remoteteammailbox',
    'mailuser',
    'guestmailuser',
    'mailcontact',
  ]),
]);

function mapWords(kind: MailboxKind, words: readonly string[]): [string, MailboxKind][] {
  return words.map((word) => [word, kind]);
}
