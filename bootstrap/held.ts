// What an identity holds once the bootstrap has run: its app roles in Entra, and its cmdlets in Exchange. Pure.
import type { AppRole } from './app-roles.ts';
import { exchangeEntriesFor, showEntry } from './exchange-roles.ts';
import { appRolesFor, type Option, type PipelineIdentity } from './grants.ts';

export interface Held {
  appRoles: readonly AppRole[];
  /** Each with its parameters, as in `Set-Mailbox -Identity -Type`. */
  exchangeCmdlets: readonly string[];
}

/** No more and no less, so that what runs with it proves that it is enough. */
export function heldBy(identity: PipelineIdentity, ...chosen: Option[]): Held {
  return {
    appRoles: appRolesFor(identity, new Set(chosen)),
    exchangeCmdlets: exchangeEntriesFor(identity).map(showEntry),
  };
}
