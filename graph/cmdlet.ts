// Runs one cmdlet of Exchange Online's PowerShell over HTTPS, to the end of its output.
import { DormantError } from '../policy/errors.ts';
import { findText, requireFields, requireList } from './json-fields.ts';
import { toRelativePath } from './pages.ts';
import { RequestFailed } from './request-failed.ts';
import type { Transport } from './transport.ts';

export interface Cmdlet {
  source: string;
  /** Such as `Get-Mailbox`. */
  name: string;
  parameters: Record<string, unknown>;
  /** Properties of the output, to shorten a long one; all of them if absent. */
  select?: readonly string[];
  /** Whose mailbox it is about, so that Exchange asks the right server; if absent, the whole organisation's. */
  anchor?: string;
  /** May be run twice without harm. */
  repeatable: boolean;
}

/** Exchange returns at most 1,000 objects at a time; ten million mailboxes are more than any tenant has. */
const mostPages = 10_000;

/** The whole output of the cmdlet. Throws `RequestFailed` with Exchange's own message. */
export async function runCmdlet(exchange: Transport, cmdlet: Cmdlet): Promise<unknown[]> {
  const output: unknown[] = [];
  for await (const page of readCmdletPages(exchange, cmdlet)) output.push(...page);
  return output;
}

/**
 * The output of the cmdlet, page by page. Microsoft documents no contract for this endpoint; this is what its own module
 * sends. Throws `RequestFailed` with Exchange's own message.
 */
export async function* readCmdletPages(
  exchange: Transport,
  { source, name, parameters, select, anchor, repeatable }: Cmdlet,
): AsyncGenerator<readonly unknown[]> {
  let path: string | null = `/InvokeCommand${select === undefined ? '' : `?$select=${select.join(',')}`}`;
  for (let page = 0; path !== null; page++) {
    if (page === mostPages) throw createEndlessOutputError(name);
    const { body } = await exchange.send({
      source,
      method: 'POST',
      path,
      headers: {
        Prefer: 'odata.maxpagesize=1000',
        'X-AnchorMailbox': anchor ?? buildOrganizationAnchor(exchange),
      },
      body: { CmdletInput: { CmdletName: name, Parameters: parameters } },
      repeatable,
      units: 0,
      writes: 0,
    });
    const fields = requireFields(body, name);
    yield requireList(fields, 'value', name);
    const next = findText(fields, '@odata.nextLink', name);
    path = next === null ? null : toRelativePath(exchange, next);
  }
}

/**
 * 401 without Exchange.ManageAsApp, 403 without a role in Exchange. With a role that lacks the cmdlet: 403 or, as in
 * PowerShell, an unknown cmdlet.
 */
export function mayNotRun(error: unknown): boolean {
  if (!(error instanceof RequestFailed)) return false;
  return error.status === 401 || error.status === 403 || /CommandNotFoundException/.test(error.message);
}

/** No such mailbox. The text has the exception's name wherever the error comes from; a proxy's 404 does not. */
export function isMailboxNotFound(error: unknown): boolean {
  return error instanceof RequestFailed && /ManagementObjectNotFound|couldn't be found/i.test(error.message);
}

/** A mailbox of the same name in every organisation; the endpoint's version ends with the tenant id. */
function buildOrganizationAnchor({ version }: Transport): string {
  return `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${version.split('/').at(-1)}`;
}

function createEndlessOutputError(name: string): DormantError {
  return new DormantError('endless-list', `The output of ${name} has no end.`, { where: name });
}
