// Whom the last audit on this machine saw, by people.jsonl.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type ListedPerson, type PeopleListHead, peopleListName } from '../../audit/report/people-list.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';

export interface PeopleOfAudit {
  auditedOn: Day;
  people: ReadonlyMap<IdKey, ListedPerson>;
}

/** Throws `no-audit`. */
export async function readPeopleOfAudit(folder: string, stack: string): Promise<PeopleOfAudit> {
  const path = join(folder, peopleListName);
  const people = new Map<IdKey, ListedPerson>();
  let auditedOn: Day | null = null;
  for await (const line of readLines(path, stack)) {
    const entry = parseLine(line);
    if (entry === null) continue;
    if ('auditedOn' in entry) auditedOn = entry.auditedOn;
    else people.set(foldId(entry.id), entry);
  }
  if (auditedOn === null) throw createNoAuditError(path, stack);
  return { auditedOn, people };
}

/** As report/people-list.ts has written it; null: it was cut off. */
function parseLine(line: string): PeopleListHead | ListedPerson | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function* readLines(path: string, stack: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    throw createNoAuditError(path, stack, error);
  }
}

function createNoAuditError(path: string, stack: string, cause?: unknown): DormantError {
  return new DormantError('no-audit', `No list of whom an audit of ${stack} saw is on this machine.`, {
    exitCode: 2,
    where: path,
    remedy: `Fetch the last one's: \`gh run download --name audit-${stack} --dir out/${stack}\`. Or run \`dormant audit ${stack}\`.`,
    cause,
  });
}
