// Takes the data of one person out of a stack's files, or says why it may not go yet. Pure.
import { type ErasureQuestion, findErasureObstacle } from '../erasure/find-obstacle.ts';
import { DormantError } from '../errors.ts';
import { tryParseEscalations } from '../files/escalations-file.ts';
import { removeExemptions } from '../files/remove-exemptions.ts';
import { foldId, foldText } from '../identifiers.ts';
import type { AccountIdentity } from '../schemas/account.ts';
import type { Exemption, Exemptions } from '../schemas/exemptions.ts';
import type { ParsedYaml } from '../yaml/parse-yaml.ts';

export interface FilesOfPerson {
  /** Of accounts/ and archive/, about this account. */
  paths: readonly string[];
  /** null: the repository has none. */
  exemptions: ParsedYaml<Exemptions> | null;
  /** The stack's escalations.yaml; null: it has none. */
  escalations: { path: string; text: string } | null;
}

export interface ErasedFiles {
  /** Path → new text; null: the file goes. Empty: no file names the person so that it may be taken out. */
  changes: ReadonlyMap<string, string | null>;
  /** What names the person and stays, as sentences with the way out. */
  stays: readonly string[];
}

/** Throws `not-erasable` (exit code 2) where something stands against it, with what ends that. */
export function eraseAccount(
  account: Pick<AccountIdentity, 'id' | 'userPrincipalName'>,
  { paths, exemptions, escalations }: FilesOfPerson,
  question: ErasureQuestion,
): ErasedFiles {
  const obstacle = findErasureObstacle(question);
  if (obstacle !== null) {
    throw new DormantError('not-erasable', `${account.userPrincipalName} may not be erased yet: ${obstacle.because}.`, {
      exitCode: 2,
      where: paths[0] ?? '',
      remedy: obstacle.remedy,
    });
  }
  const names = [foldId(account.id), foldText(account.userPrincipalName)].map(String);
  const isOwn = (entry: Exemption) => names.includes(foldText(entry.account));
  const isExempt = exemptions?.value.exemptions.some(isOwn) === true;
  return {
    changes: new Map<string, string | null>([
      ...paths.map((path) => [path, null] as const),
      ...(isExempt && exemptions !== null ? [[exemptions.path, removeExemptions(exemptions, isOwn)] as const] : []),
    ]),
    stays: isEscalated(account, escalations) ? [describeEscalation(escalations?.path ?? '')] : [],
  };
}

/** The list is an audit's: without an entry it would not be signed as it stands. */
function isEscalated({ id }: Pick<AccountIdentity, 'id'>, list: FilesOfPerson['escalations']): boolean {
  const entries = list === null ? [] : (tryParseEscalations(list.path, list.text)?.value.escalations ?? []);
  return entries.some((entry) => foldId(entry.id) === foldId(id));
}

function describeEscalation(path: string): string {
  return `${path} lists them as an executive whose account is silent. The next audit takes them off once the account is used, gone or exempt.`;
}
