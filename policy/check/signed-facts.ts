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
    if (judged === undefined || judged.problems.length === 0 || isOfNoKey(parsed, judged, input)) return [];
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

/** Before the base branch has a key, nothing that it has can be signed; what a pull request adds or changes can wait. */
function isOfNoKey({ path, text }: ParsedYaml<AccountFile>, { past }: JudgedFile, { signing }: JudgedInput): boolean {
  return signing.signing === null && past.onMain?.path === path && past.onMain.text === text;
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
