// Runs one cmdlet of Exchange Online's PowerShell over HTTPS, to the end of its output.
import { DormantError } from '../policy/errors.ts';
import { fieldsOf, listOf, textOrNull } from './fields.ts';
import { pathBelow } from './pages.ts';
import type { Transport } from './transport.ts';

export interface Cmdlet {
  source: string;
  /** Such as `Get-Mailbox`. */
  name: string;
  parameters: Record<string, unknown>;
  /** Whose mailbox it is about, so that Exchange asks the right server; the tenant's without it. */
  anchor?: string;
  /** May be run twice without harm. */
  repeatable: boolean;
}

/** Exchange answers with at most 1,000 objects at a time; a thousand such pages are more than any tenant has. */
const mostPages = 1000;

/**
 * The objects that the cmdlet puts out. Microsoft documents no contract for this endpoint; it is what its own module sends.
 * Throws `RequestFailed` with Exchange's own words.
 */
export async function runCmdlet(exchange: Transport, cmdlet: Cmdlet): Promise<unknown[]> {
  const { source, name, parameters, anchor, repeatable } = cmdlet;
  const output: unknown[] = [];
  let path: string | null = '/InvokeCommand';
  for (let page = 0; path !== null; page++) {
    if (page === mostPages) throw endless(name);
    const { body } = await exchange.send({
      source,
      method: 'POST',
      path,
      headers: { Prefer: 'odata.maxpagesize=1000', ...(anchor ? { 'X-AnchorMailbox': anchor } : {}) },
      body: { CmdletInput: { CmdletName: name, Parameters: parameters } },
      repeatable,
      units: 0,
      writes: 0,
    });
    const fields = fieldsOf(body, name);
    output.push(...listOf(fields, 'value', name));
    const next = textOrNull(fields, '@odata.nextLink', name);
    path = next === null ? null : pathBelow(exchange, next);
  }
  return output;
}

function endless(name: string): DormantError {
  return new DormantError('endless-list', `The output of ${name} has no end.`, { where: name });
}
