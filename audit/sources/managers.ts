// Managers, read 20 to a request and only where needed: in the listing of users they would cost ten times the pages.
import { type BatchAnswer, batchSize } from '../../graph/batch.ts';
import { type Fields, findText, isFields, requireText } from '../../graph/json-fields.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import { buildUserPath } from '../../graph/user.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Manager } from '../../policy/evidence.ts';
import type { UserId } from '../../policy/identifiers.ts';
import type { AuditReader } from './reader.ts';

const properties = 'id,displayName,mail,userPrincipalName,jobTitle,department';

/** By id as given; null: has none; left out: could not be read. Needs User.Read.All. */
export async function readManagers(reader: AuditReader, ids: readonly UserId[]): Promise<Map<UserId, Manager | null>> {
  const found = new Map<UserId, Manager | null>();
  for (let at = 0; at < ids.length; at += batchSize) {
    const part = ids.slice(at, at + batchSize);
    const answers = await readPart(reader, part);
    for (const [index, id] of part.entries()) {
      const manager = parseManagerAnswer(answers[index]);
      if (manager !== undefined) found.set(id, manager);
    }
  }
  return found;
}

/** Empty when Graph is too busy: these accounts then wait for the next audit, the others do not. */
async function readPart(reader: AuditReader, ids: readonly UserId[]): Promise<readonly BatchAnswer[]> {
  const paths = ids.map((id) => `${buildUserPath(id)}/manager?$select=${properties}`);
  try {
    return await reader.getMany('managers', paths);
  } catch (error) {
    if (error instanceof RequestFailed && error.status === 429) return [];
    throw error;
  }
}

function parseManagerAnswer(answer: BatchAnswer | undefined): Manager | null | undefined {
  if (answer?.status === 404) return null;
  if (answer?.status !== 200 || !isFields(answer.body)) return undefined;
  try {
    return parseManager(answer.body, 'GET /users/{id}/manager');
  } catch (error) {
    if (error instanceof DormantError) return undefined;
    throw error;
  }
}

function parseManager(value: Fields, at: string): Manager {
  const id = requireText(value, 'id', at);
  // A manager can be an organisational contact, which has no userPrincipalName.
  const userPrincipalName = findText(value, 'userPrincipalName', at) ?? '';
  const displayName = findText(value, 'displayName', at) ?? (userPrincipalName || id);
  return {
    id,
    displayName,
    mail: findText(value, 'mail', at),
    userPrincipalName,
    jobTitle: findText(value, 'jobTitle', at),
    department: findText(value, 'department', at),
  };
}
