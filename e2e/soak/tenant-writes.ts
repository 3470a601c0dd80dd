// What a tenant was asked to change in its accounts, from its own log.
import type { Emulator } from '@dormant-m365/emulator';
import type { LogEntry } from '@dormant-m365/emulator/calls';

export interface Write {
  /** Object id of the account. */
  id: string;
  what: string;
  takes: boolean;
  body: string;
  /** Of a change of members: the group. */
  groupId?: string;
}

/** Since that entry of the log. */
export function listWrites(log: Emulator['log'], since: number): Write[] {
  return log.listEntries({ after: since }).flatMap((entry) => parseWrite(entry) ?? []);
}

/** A request that would change an account, whether it succeeded or not. */
function parseWrite({ method, path, body, identity }: LogEntry): Write | null {
  if (identity === null || method === 'GET' || path.endsWith('/checkMemberGroups')) return null;
  const [, groupId, member] = /^\/v1\.0\/groups\/([^/]+)\/members(?:\/([^/]+))?\/\$ref$/.exec(path) ?? [];
  if (groupId !== undefined) {
    const [, added = ''] = /directoryObjects\/([^"]+)/.exec(body ?? '') ?? [];
    const takes = method === 'DELETE';
    return { id: member ?? added, what: takes ? 'leaves' : 'joins', takes, body: body ?? '', groupId };
  }
  const [, id = '', action = ''] = /^\/v1\.0\/users\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
  const sent = body ?? '';
  if (path.endsWith('/InvokeCommand') && /"CmdletName":"Set-Mailbox"/.test(sent)) {
    const [, who = ''] = /"Identity":"([^"]+)"/.exec(sent) ?? [];
    return { id: who, what: 'Set-Mailbox', takes: /"Type":"Shared"/.test(sent), body: sent };
  }
  if (id === '' || action === 'sendMail') return null;
  if (action === 'assignLicense') return { id, what: action, takes: !/"removeLicenses":\[\]/.test(sent), body: sent };
  if (action === 'revokeSignInSessions') return { id, what: action, takes: true, body: sent };
  return { id, what: `${method} ${sent}`, takes: /"accountEnabled":false/.test(sent), body: sent };
}
