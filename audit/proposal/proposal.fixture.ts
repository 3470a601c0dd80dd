// Test support: account files as an audit writes them, and the proposal that carries them.
import type { Git } from '../../forge/git/git.ts';
import { findRemote, itself } from '../../forge/git/remote.ts';
import { anAccountFile } from '../../policy/account-file.fixture.ts';
import { getAccountsFolder, serialiseAccountFile } from '../../policy/files/account-file.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import { readOpenProposals } from './open-proposals.ts';
import type { Proposal } from './proposal.ts';

export const stack = 'contoso';
export const branch = 'dormant/contoso';

/** `ana` is `stacks/contoso/accounts/ana@contoso.com.yaml`. */
export function pathOf(name: string): string {
  return `${getAccountsFolder(stack)}/${name}@contoso.com.yaml`;
}

/** An account's file; the name alone decides its id. */
export function accountText(name: string, stage: Stage = 'notify', department: string | null = 'Sales'): string {
  return serialiseAccountFile(accountFile(name, stage, department));
}

export function accountId(name: string): string {
  const digits = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000_007, 7);
  return `00000000-0000-4000-8000-${String(digits).padStart(12, '0')}`;
}

export function accountFile(name: string, stage: Stage, department: string | null = 'Sales'): AccountFile {
  const userPrincipalName = `${name}@contoso.com`;
  return anAccountFile(stage, {
    account: { id: accountId(name), userPrincipalName, displayName: name, department },
  });
}

export type WantedFiles = Record<string, string | null>;

/** A proposal of these files on the stack's one branch, as an audit of the clone would make it now. */
export async function aProposal(git: Git, wanted: WantedFiles, more: Partial<Proposal> = {}): Promise<Proposal> {
  const remote = (await findRemote(git)) ?? itself;
  return {
    stack,
    auditedOn: '2026-12-07',
    audited: (await readOpenProposals(git, null, { stack, remote, main: 'main' })).audited,
    main: 'main',
    isSigned: true,
    isDraft: false,
    groups:
      Object.keys(wanted).length === 0
        ? []
        : [
            {
              branch,
              title: `Dormant contoso: notify ${Object.keys(wanted).length}`,
              body: `Accounts: ${Object.keys(wanted).length}\n\n- [ ] HR has looked at it\n`,
              files: new Map(Object.entries(wanted)),
            },
          ],
    ...more,
  };
}
