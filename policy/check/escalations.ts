// An executive is escalated once, not from a day in the future, and by the audit only. Pure.
import type { Problem } from '../errors.ts';
import { getEscalationsPath } from '../files/escalations-file.ts';
import { exemptionsPath } from '../files/stack-files.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import type { Escalations } from '../schemas/escalations.ts';
import { isListSigned } from '../signing/judge-list.ts';
import { isSameValue } from '../yaml/edit-yaml.ts';
import { buildFileProblem, buildProblem, type FilesInput, type JudgedInput } from './input.ts';

/** The schema checks that id, names and reason are there. */
export function checkEscalations({ escalations, today }: FilesInput): Problem[] {
  if (escalations === null) return [];
  const seen = new Map<IdKey, number>();
  return escalations.value.escalations.flatMap((entry, index) => {
    const problems: Problem[] = [];
    const addProblem = (field: string, message: string) =>
      problems.push(buildProblem(escalations, ['escalations', index, field], 'escalation', message));
    if (entry.since > today) addProblem('since', `since: found ${entry.since}, which is after today, ${today}`);
    const id = foldId(entry.id);
    const first = seen.get(id);
    if (first !== undefined) addProblem('id', `id: ${entry.id} is already escalated by entry ${first + 1}`);
    seen.set(id, first ?? index);
    return problems;
  });
}

/** The apply tells HR about whoever is new on the list. */
export function checkSignedEscalations({ escalations, main, signing, stack }: JudgedInput): Problem[] {
  if (isSameValue(escalations?.value ?? none, main.escalations ?? none)) return [];
  const fromMain = { versions: [], read: () => null };
  if (escalations !== null && isListSigned(escalations.value, fromMain, signing)) return [];
  const message = `the list or this line differs from main’s, and no audit of this stack signed it so; put it back, and take people off by ${exemptionsPath}`;
  return [
    escalations === null
      ? buildFileProblem(getEscalationsPath(stack), 'not-signed', message)
      : buildProblem(escalations, ['signed'], 'not-signed', `signed: ${message}`),
  ];
}

const none: Escalations = { escalations: [] };
