// What an identity may do once the bootstrap has run: its app roles in Entra and its cmdlets in Exchange. Pure.
import type { AppRole } from './app-roles.ts';
import { formatEntry, listExchangeEntries } from './exchange-roles.ts';
import { type GrantOption, listAppRoles, type PipelineIdentity } from './grants.ts';

interface GrantedRights {
  appRoles: readonly AppRole[];
  /** Each with its parameters, as in `Set-Mailbox -Identity -Type`. */
  exchangeCmdlets: readonly string[];
}

/** Exactly these, so that a test that runs with them proves that they are enough. */
export function listGrantedRights(identity: PipelineIdentity, ...chosen: GrantOption[]): GrantedRights {
  return {
    appRoles: listAppRoles(identity, new Set(chosen)),
    exchangeCmdlets: listExchangeEntries(identity).map(formatEntry),
  };
}
