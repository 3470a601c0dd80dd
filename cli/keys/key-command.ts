// The one line that makes a key and hands its private half to the audit, which no terminal, file or log ever shows.
import type { RecordKind } from '../../policy/schemas/records.ts';
import { nameProgram } from '../installed-folder.ts';

export function buildKeyCommand(stack: string): string {
  return `${nameProgram()} key new ${stack} | gh secret set DORMANT_FACTS_KEY --env ${stack}-audit`;
}

/** The same for records: each kind is signed in an environment of its own. */
export function buildRecordKeyCommand(stack: string, kind: RecordKind): string {
  const environment = `${stack}-${kind === 'erasure' ? 'erase' : kind}`;
  return `${nameProgram()} key new ${stack} --records ${kind} | gh secret set DORMANT_RECORDS_KEY --env ${environment}`;
}
