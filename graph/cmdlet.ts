// Runs one cmdlet of Exchange Online's PowerShell over HTTPS, to the end of its output.
import { DormantError } from '../policy/errors.ts';
import { findText, requireFields, requireList } from './json-fields.ts';
import { toRelativePath } from './pages.ts';
import { RequestFailed } from './request-failed.ts';
import type { ApiResponse, CmdletRequest } from './send-once.ts';
import type { Transport } from './transport.ts';

export interface Cmdlet<Name extends string = string> {
  source: string;
  /** Such as `Get-Mailbox`. */
  name: Name;
  parameters: Record<string, unknown>;
  /** Properties of the output, to shorten a long one; all of them if absent. */
  select?: readonly string[];
  /** The userPrincipalName of whose mailbox it is about; if absent, it is about the whole organisation. */
  owner?: string;
  /** May be run twice without harm. */
  repeatable: boolean;
}

/** A transport that may run cmdlets of this name: one that gets, any. */
interface CmdletLink<Name extends string> extends Pick<Transport, 'origin' | 'version'> {
  readonly send: (request: CmdletRequest<Name>) => Promise<ApiResponse>;
}

/** Exchange returns at most 1,000 objects at a time; ten million mailboxes are more than any tenant has. */
const mostPages = 10_000;

/** The whole output of the cmdlet. Throws `RequestFailed` with Exchange's own message. */
export async function runCmdlet<Name extends string>(
  exchange: CmdletLink<Name>,
  cmdlet: Cmdlet<Name>,
): Promise<unknown[]> {
  const output: unknown[] = [];
  for await (const page of readCmdletPages(exchange, cmdlet)) output.push(...page);
  return output;
}

/**
 * The output of the cmdlet, page by page. Microsoft documents no contract for this endpoint; this is what its own module
 * sends. Throws `RequestFailed` with Exchange's own message.
 */
export async function* readCmdletPages<Name extends string>(
  exchange: CmdletLink<Name>,
  { source, name, parameters, select, owner, repeatable }: Cmdlet<Name>,
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
        'X-AnchorMailbox': buildAnchor(exchange, owner),
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

/**
 * Routes the request to the mailbox's server, so that a read sees the write before it. A header may hold only these
 * characters; without a name, a mailbox of the same name in every organisation stands in, whose server answers a little
 * later. The endpoint's version ends with the tenant id.
 */
function buildAnchor({ version }: Pick<Transport, 'version'>, owner = ''): string {
  if (/^[\x21-\x7e]+$/.test(owner)) return `UPN:${owner}`;
  return `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${version.split('/').at(-1)}`;
}

function createEndlessOutputError(name: string): DormantError {
  return new DormantError('endless-list', `The output of ${name} has no end.`, { where: name });
}
