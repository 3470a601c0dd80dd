// What each file of give-back/ comes to: it gives an account back, waits for its day, or has no effect. The one rule for audit,
// check, preview and apply. Pure.
import type { Day } from '../evidence.ts';
import { chooseAccountPath, findPathBeforeArchive } from '../files/account-file.ts';
import { getStageOrder, isTakingStage } from '../files/stage.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { GiveBack } from '../schemas/give-back.ts';
import type { Policy } from '../schemas/policy.ts';
import type { NameStyle } from '../schemas/privacy.ts';
import { readAccountPast, type SigningContext } from '../signing/account-past.ts';
import { type FileVersion, groupVersions } from '../signing/main-line.ts';
import type { ParsedYaml } from '../yaml/parse-yaml.ts';
import { dateGiveBacks } from './date-give-backs.ts';

/** An account file as text and value. */
export interface WrittenAccount {
  path: string;
  text: string;
  value: AccountFile;
}

/** The account that a file of give-back/ is about. */
interface GivenBackAccount extends WrittenAccount {
  /** Where main has, or had, that text; differs from `path` for an account that comes back from archive/ or from the past. */
  foundAt: string;
  /** false: the stack has no file of it in accounts/. */
  isInAccounts: boolean;
}

export type GiveBackEffect =
  | { kind: 'in-effect'; account: GivenBackAccount }
  /** More than a day allows came before it; `until` null: the policy allows none. */
  | { kind: 'waits'; until: Day | null; account: GivenBackAccount }
  | { kind: 'none'; code: NoEffectCode; because: string };

/** `unknown`: main never had a file of such an account. */
type NoEffectCode = 'unknown' | 'nothing-taken' | 'given-back-already' | 'second-file';

export interface JudgedGiveBack {
  file: ParsedYaml<GiveBack>;
  effect: GiveBackEffect;
}

export interface GiveBackInput {
  /** As they are now, sorted by path. */
  files: readonly ParsedYaml<GiveBack>[];
  /** The files of accounts/ as they are now. */
  accounts: readonly WrittenAccount[];
  /** Main's versions of accounts/ and archive/, and of give-back/, the oldest first. */
  versions: readonly FileVersion[];
  giveBacks: readonly FileVersion[];
  /** The day on which main got each commit, by its place. */
  days: ReadonlyMap<number, Day>;
  policy: Pick<Policy, 'restore' | 'privacy'>;
  today: Day;
}

/** Accounts of a stack that files may give back in a day. */
export function getGiveBacksPerDay({ restore }: Pick<Policy, 'restore'>): number {
  return restore?.perDay ?? 10;
}

/** In the order in which main got them, by path within a commit; what main does not have yet comes last. */
export function judgeGiveBacks(input: GiveBackInput, context: SigningContext): JudgedGiveBack[] {
  const { files, accounts, versions, today, policy } = input;
  if (files.length === 0) return [];
  const ids = new Set(files.map(({ value }) => foldId(value.account.id)));
  const lines = groupVersions(versions, ids);
  const dates = dateGiveBacks(input, getGiveBacksPerDay(policy));
  const seen = new Map<IdKey, string>();
  return [...files]
    .sort((a, b) => (dates.get(a.path)?.rank ?? 0) - (dates.get(b.path)?.rank ?? 0))
    .map((file): JudgedGiveBack => {
      const id = foldId(file.value.account.id);
      const first = seen.get(id);
      const found =
        first === undefined
          ? findAccount(id, lines.get(id) ?? [], { accounts, context, names: policy.privacy?.names })
          : secondFile(first);
      if (found.kind === 'none') return { file, effect: found };
      seen.set(id, file.path);
      const until = dates.get(file.path)?.until ?? null;
      const isDue = until !== null && until <= today;
      return { file, effect: isDue ? found : { ...found, kind: 'waits', until } };
    });
}

function secondFile(first: string): GiveBackEffect & { kind: 'none' } {
  return { kind: 'none', code: 'second-file', because: `${first} gives the same account back already` };
}

type FoundAccount = Exclude<GiveBackEffect, { kind: 'waits' }>;

interface FindOptions {
  accounts: readonly WrittenAccount[];
  context: SigningContext;
  names: NameStyle | undefined;
}

/** By its file in accounts/; without one by the last that main had of it. */
function findAccount(id: IdKey, line: readonly FileVersion[], { accounts, context, names }: FindOptions): FoundAccount {
  const here = accounts.find(({ value }) => foldId(value.account.id) === id);
  const last = here ?? findLastVersion(id, line, context);
  if (last === null) return buildNone('unknown', 'main never had a file of such an account');
  const { account, stage } = last.value;
  const who = account.userPrincipalName;
  if (here !== undefined && getStageOrder(stage) < 0)
    return buildNone('given-back-already', `the file of ${who} is at ${stage}, which gives back what was taken`);
  if (!isTakingStage(stage)) return buildNone('nothing-taken', describeUntaken(last.value, here !== undefined));
  if (here !== undefined && isTaken(id, line, context))
    return { kind: 'in-effect', account: { ...here, foundAt: here.path, isInAccounts: true } };
  const taken = here === undefined ? findTakenVersion(id, line, context) : null;
  if (taken === null) return buildNone('nothing-taken', `no audit has signed that anything was taken from ${who}`);
  const path = choosePath(taken, { accounts, context, names });
  return { kind: 'in-effect', account: { ...taken, path, foundAt: taken.path, isInAccounts: false } };
}

function buildNone(code: NoEffectCode, because: string): FoundAccount {
  return { kind: 'none', code, because };
}

function describeUntaken({ account, stage }: AccountFile, hasFile: boolean): string {
  const who = account.userPrincipalName;
  return hasFile
    ? `${who} is at stage ${stage}: nothing is taken`
    : `main's last file of ${who} was at ${stage}: what was taken has been given back`;
}

/** What an audit has signed; before there are keys, nobody can say otherwise. */
function isTaken(id: IdKey, line: readonly FileVersion[], context: SigningContext): boolean {
  return context.signing === null || readAccountPast(id, line, context).lastTaken !== null;
}

/** As it was before main took it out. */
function findLastVersion(id: IdKey, line: readonly FileVersion[], { read }: SigningContext): WrittenAccount | null {
  for (const { path, text } of line.toReversed()) {
    const value = text === null ? null : read(text);
    if (text !== null && value !== null && foldId(value.account.id) === id) return { path, text, value };
  }
  return null;
}

/** The last version that stood at a stage that takes: what this pipeline has taken. */
function findTakenVersion(id: IdKey, line: readonly FileVersion[], context: SigningContext): WrittenAccount | null {
  const taken = context.signing === null ? null : readAccountPast(id, line, context).lastTaken;
  if (context.signing !== null && taken === null) return null;
  const isWanted = (value: AccountFile) =>
    taken === null ? isTakingStage(value.stage) && foldId(value.account.id) === id : value === taken;
  for (const { path, text } of line.toReversed()) {
    const value = text === null ? null : context.read(text);
    if (text !== null && value !== null && isWanted(value)) return { path, text, value };
  }
  return null;
}

/** As before, or the next name that is free. */
function choosePath({ path, value }: WrittenAccount, { accounts, context: { stack }, names }: FindOptions): string {
  const wanted = findPathBeforeArchive(stack, path) ?? path;
  const taken = new Set(accounts.map((other) => other.path.toLowerCase()));
  const isUsed = (at: string) => taken.has(at.toLowerCase());
  return isUsed(wanted) ? chooseAccountPath(stack, value.account, isUsed, names) : wanted;
}
