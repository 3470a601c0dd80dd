// No protected account moves into a stage, as far as the file can tell. The apply looks again. Pure.
import type { Problem } from '../errors.ts';
import { getStageOrder } from '../files/stage.ts';
import { findExemption } from '../judge/exemption.ts';
import { listRisks } from '../judge/risk.ts';
import { splitWords } from '../judge/vocabulary/split-words.ts';
import type { AccountFile } from '../schemas/account.ts';
import { buildProblem, type JudgedInput } from './input.ts';

/** Only accounts that this change moves: a manager may exempt one that is in a stage, and the next audit takes it out. */
export function checkProtectedAccounts(input: JudgedInput): Problem[] {
  return input.head
    .filter(({ path, value }) => getStageOrder(value.stage) > getStageOrder(input.base.get(path)?.file.stage ?? 'keep'))
    .flatMap((parsed) =>
      listProtectionReasons(parsed.value, input).map((because) => {
        const out = input.base.has(parsed.path) ? 'set stage: keep with a reason' : 'take this new file out';
        const message = `stage: ${parsed.value.stage} is not allowed for a protected account: ${because}; ${out}`;
        return buildProblem(parsed, ['stage'], 'protected-account', message);
      }),
    );
}

function listProtectionReasons(
  { account, restore }: AccountFile,
  { policy, pipelineAccounts, stack, exemptions, main, today }: JudgedInput,
): string[] {
  const subject = {
    ...account,
    ...guessPersonNames(account),
    mail: null,
    accountKind: 'person' as const,
    licenses: restore.licenses,
    employeeType: null,
    roles: [],
    mailbox: { recipientType: restore.mailbox },
  };
  const risks = listRisks(subject, policy, { pipelineAccounts, convertedMailboxes: new Set() });
  // What the base branch has protects against the very pull request that takes it out.
  const listed = [...main.exemptions, ...(exemptions?.value.exemptions ?? [])];
  const exemption = findExemption(account, { stack, exemptions: listed }, today);
  return [
    ...risks.map(({ because }) => because),
    ...(/#ext#/i.test(account.userPrincipalName) ? ['it is of another company'] : []),
    ...(exemption ? [`exempt until ${exemption.until} (${exemption.owner})`] : []),
  ];
}

/**
 * A file has no given name and surname, and a person may be called Fabian Scanner. Where the userPrincipalName is made of
 * the display name's words as people's are, the last word is taken for the surname.
 */
function guessPersonNames({ userPrincipalName, displayName }: AccountFile['account']) {
  const [last = '', first] = displayName.split(',').map((part) => splitWords(part));
  const words = first === undefined ? [...last] : [...first, ...last];
  const surname = words.at(-1) ?? '';
  const given = words.slice(0, -1);
  const local = splitWords(userPrincipalName.split('@')[0] ?? '').join('');
  const prefixes = ['', given.join(''), given[0] ?? '', given[0]?.slice(0, 1) ?? ''];
  const usualNames = prefixes.flatMap((name) => [name + surname, surname + name, name]);
  const isPersons = given.length > 0 && (first !== undefined || usualNames.includes(local));
  return isPersons ? { givenName: given.join(' '), surname } : { givenName: null, surname: null };
}
