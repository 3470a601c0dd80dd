// Facts are the audit's: what a file says that was seen is signed as it stands, and takes nobody further than that. Pure.
import type { Problem } from '../errors.ts';
import { isSameId } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import { describeUnsignedFacts } from '../signing/differences.ts';
import { type JudgedFile, judgeFiles } from '../signing/judge-files.ts';
import type { ParsedYaml } from '../yaml/parse-yaml.ts';
import { buildProblem, type FilesInput, type JudgedInput } from './input.ts';

export function checkSignedFacts(input: JudgedInput): Problem[] {
  return input.head.flatMap((parsed) => {
    const judged = input.judged.get(parsed.path);
    if (judged === undefined || judged.problems.length === 0 || isMainsOwn(parsed, judged, input)) return [];
    const reference = findOnBranch(parsed, judged, input);
    return judged.problems.map((problem) => {
      const isUnknown = problem.code === 'not-signed' && reference !== null;
      const { keys, message } = isUnknown ? describeUnsignedFacts(parsed.value, reference, input.signing) : problem;
      return buildProblem(parsed, keys, problem.code, message);
    });
  });
}

/** No evidence is from the future, whoever signed it: a wrong clock would make it outlast every later audit. */
export function checkFutureEvidence({ head, today }: FilesInput): Problem[] {
  return head
    .filter(({ value }) => value.evidence.auditedOn > today)
    .map((parsed) => {
      const message = `evidence.auditedOn: found ${parsed.value.evidence.auditedOn}, which is after today, ${today}`;
      return buildProblem(parsed, ['evidence', 'auditedOn'], 'future-evidence', message);
    });
}

/**
 * What the base branch has already, the audit puts right and the apply leaves alone. Every pull request names it, but before there
 * is a key nothing can be signed, and nobody who is given back waits for what is wrong with somebody else.
 */
function isMainsOwn({ path, text }: ParsedYaml<AccountFile>, { past }: JudgedFile, input: JudgedInput): boolean {
  const isSame = past.onMain?.path === path && past.onMain.text === text;
  return isSame && (input.signing.signing === null || isGivingBack(input));
}

/** It brings a file of give-back/, beside which a change may have nothing else. */
function isGivingBack({ main, giveBacks }: JudgedInput): boolean {
  return giveBacks.files.some(({ path, text }) => main.giveBacks.get(path) !== text);
}

/** Of a new file, the last version on the branch that an audit has signed. */
function findOnBranch(
  { path, value }: ParsedYaml<AccountFile>,
  { past }: JudgedFile,
  { branchVersions, signing }: JudgedInput,
): AccountFile | null {
  if (past.standing !== null || past.previous !== null) return null;
  const files = (branchVersions.get(path) ?? []).flatMap((text) => {
    const version = signing.read(text);
    const isSame = version !== null && isSameId(version.account.id, value.account.id);
    return isSame ? [{ path, text, value: version }] : [];
  });
  return judgeFiles({ files, versions: [] }, signing).find(({ facts }) => facts !== null)?.file ?? null;
}
