// The file that gives somebody back, or why none can: what is known from main is said before anything is opened.
import type { PreparedGiveBack } from '../../audit/proposal/propose-give-back.ts';
import { verifySignature } from '../../forge/facts-key.ts';
import { readMainLine } from '../../forge/git/main-line.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import { getGiveBackPath, serialiseGiveBack } from '../../policy/files/give-back-file.ts';
import { loadStack, type StackFiles } from '../../policy/files/stack-files.ts';
import { describeWait } from '../../policy/give-back/describe.ts';
import { type JudgedGiveBack, judgeGiveBacks } from '../../policy/give-back/judge-give-backs.ts';
import { isSameId } from '../../policy/identifiers.ts';
import { GiveBack } from '../../policy/schemas/give-back.ts';
import { createSigningContext, type SigningContext } from '../../policy/signing/account-past.ts';
import { buildLineRules } from '../../policy/signing/line-rules.ts';
import { findHidingStyle } from '../../policy/words/show-name.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { buildMainBase, listLinePaths, type MainBase } from '../../stacks/main-base.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { requirePerson, type SearchedStack } from './find-person.ts';

interface GiveBackQuery {
  /** The files of the checkout are held against this ref's history. */
  ref: string;
  /** Where the person is looked for. */
  stacks: readonly string[];
  person: string;
  reason: string;
  askedBy: string;
  /** On the day of the person's stack. */
  findToday(files: StackFiles): Promise<Day>;
}

interface ReadStack extends SearchedStack {
  files: StackFiles;
  main: MainBase;
  context: SigningContext;
  today: Day;
}

/** Throws `no-such-account`, `nothing-to-restore` and `give-back-over-limit`, each with exit code 2. */
export async function prepareGiveBack(
  repo: string,
  query: GiveBackQuery,
): Promise<PreparedGiveBack & Pick<ReadStack, 'today'>> {
  const stacks: ReadStack[] = [];
  for (const stack of query.stacks) stacks.push(await readStack(repo, stack, query));
  const { stack, account, path: accountPath } = requirePerson(query.person, stacks);
  const found = stacks.find((one) => one.stack === stack);
  if (found === undefined) throw new TypeError('who was found is in a stack that was searched');
  const { id, userPrincipalName, displayName } = account;
  const value: GiveBack = {
    account: { id, userPrincipalName, displayName },
    ...{ reason: query.reason, askedBy: query.askedBy, askedOn: found.today },
  };
  const text = serialiseGiveBack(value);
  const { files } = found;
  requireNoOther(
    userPrincipalName,
    files.giveBacks.files.find((file) => isSameId(file.value.account.id, id)),
  );
  const path = choosePath(getGiveBackPath(stack, accountPath), id, files);
  const own = parseYaml(GiveBack, path, text);
  requireEffect(judge([...files.giveBacks.files, own], found).find(({ file }) => file === own));
  return { stack, path, text, value, style: findHidingStyle(files.policy.value), today: found.today };
}

function requireNoOther(who: string, other: { path: string } | undefined): void {
  if (other === undefined) return;
  throw new DormantError('nothing-to-restore', `${who} is being given back already: main has ${other.path}.`, {
    exitCode: 2,
    remedy: lookAtApply,
  });
}

const lookAtApply = 'Look at the issue of the last apply for what it still waits for.';

/** The name of the account’s file, unless another account’s has it here. */
function choosePath(path: string, id: string, { giveBacks }: StackFiles): string {
  const taken = [...giveBacks.problems, ...giveBacks.files].some((other) => other.path === path);
  return taken ? path.replace(/\.yaml$/, `-${id.slice(0, 8).toLowerCase()}.yaml`) : path;
}

async function readStack(repo: string, stack: string, { ref, findToday }: GiveBackQuery): Promise<ReadStack> {
  const files = await loadStack(openWorkingTree(repo), stack);
  const today = await findToday(files);
  const line = await readMainLine(repo, ref, listLinePaths(stack));
  const main = buildMainBase(stack, line, {
    ...{ signing: files.tenant.value.signing ?? null, applied: null, verify: verifySignature },
    ...{ movedTo: null, isRewound: false, doubt: null, contained: new Set() },
  });
  const lineRules = buildLineRules(main, today);
  const context = createSigningContext(stack, files.tenant.value, { ...main, lineRules });
  const { accounts } = files;
  return { stack, accounts, versions: main.versions, read: context.read, files, main, context, today };
}

function judge(
  giveBacks: Parameters<typeof judgeGiveBacks>[0]['files'],
  { files, main, context, today }: ReadStack,
): JudgedGiveBack[] {
  const { days } = context.lineRules ?? { days: new Map<number, Day>() };
  const rest = { accounts: files.accounts, policy: files.policy.value, days, today };
  return judgeGiveBacks({ ...main, ...rest, files: giveBacks }, context);
}

function requireEffect(judged: JudgedGiveBack | undefined): void {
  if (judged === undefined || judged.effect.kind === 'in-effect') return;
  const { effect, file } = judged;
  const who = file.value.account.userPrincipalName;
  if (effect.kind === 'waits')
    throw new DormantError('give-back-over-limit', `${who} has to wait: ${describeWait(effect)}.`, {
      exitCode: 2,
      remedy: 'Ask again on that day, or write it there with `dormant restore --in-file`.',
    });
  const isGiven = effect.code === 'given-back-already' || effect.code === 'second-file';
  throw new DormantError('nothing-to-restore', `Nothing is to be given back to ${who}: ${effect.because}.`, {
    exitCode: 2,
    remedy: isGiven ? lookAtApply : 'To keep somebody who is warned, ask for an exemption (`dormant exempt`).',
  });
}
