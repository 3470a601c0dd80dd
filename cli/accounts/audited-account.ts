// One account of the last audit's audit.json, read line by line: the file of a large tenant does not fit into one string.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { AuditedAccount, ListedAccount } from '../../policy/edit/include-account.ts';
import { DormantError } from '../../policy/errors.ts';
import { foldText } from '../../policy/identifiers.ts';

/** By userPrincipalName or object id. Throws `no-audit` (exit code 2) if there is no audit.json of this version. */
export async function readAuditedAccount(path: string, name: string): Promise<AuditedAccount> {
  const wanted = foldText(name);
  const days: Record<string, string> = {};
  let judged: ListedAccount | null = null;
  for await (const line of readLines(path)) {
    const [, key = '', day = ''] = /^"(auditedOn|reportRefreshDate)": "([\d-]{10})",?$/.exec(line) ?? [];
    if (key !== '') days[key] = day;
    if (judged === null && line.startsWith('{"evidence":')) judged = parseMatch(line, wanted);
  }
  const { auditedOn, reportRefreshDate } = days;
  if (auditedOn === undefined || reportRefreshDate === undefined) throw createNoAuditError(path);
  return { auditedOn, reportRefreshDate, judged };
}

async function* readLines(path: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    throw createNoAuditError(path, error);
  }
}

/** Parses only a line that may match: most of the file is about other accounts. */
function parseMatch(line: string, wanted: string): ListedAccount | null {
  if (!foldText(line).includes(JSON.stringify(wanted))) return null;
  // Written by report/json.ts; the account file built from it is checked against its schema.
  const judged = JSON.parse(line.replace(/,$/, '')) as ListedAccount;
  const { id, userPrincipalName } = judged.evidence;
  return [id, userPrincipalName].some((one) => foldText(one) === wanted) ? judged : null;
}

function createNoAuditError(path: string, cause?: unknown): DormantError {
  return new DormantError('no-audit', 'There is no audit to take the account from.', {
    exitCode: 2,
    where: path,
    remedy: 'Run `dormant audit` for this stack first, or put the audit.json of its artifact there.',
    cause,
  });
}
