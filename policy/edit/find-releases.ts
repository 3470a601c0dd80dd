// Whose OneDrive a decision releases: accounts by name, department or manager, with size and savings. Pure.
import { DormantError } from '../errors.ts';
import type { Day } from '../evidence.ts';
import { isCapped, toCappedChange } from '../files/removals.ts';
import type { StackFiles } from '../files/stack-files.ts';
import { getStageOrder, isReleased, selectUnreleased } from '../files/stage.ts';
import { computeOneDriveClock } from '../licenses/microsoft-clocks.ts';
import type { AccountFile, OneDriveFacts } from '../schemas/account.ts';
import type { ParsedYaml } from '../yaml/parse-yaml.ts';
import { requireAccountFile } from './require-account-file.ts';
import { requireChoice, selectByDepartment, selectByManager } from './select-accounts.ts';

export interface ReleaseQuery {
  /** Each a userPrincipalName, an object id or a file; empty: all accounts that wait for a release. */
  names: readonly string[];
  department?: string;
  /** By name or mail. */
  manager?: string;
}

export interface Release {
  file: ParsedYaml<AccountFile>;
  /** null: unknown. */
  gigabytes: number | null;
  files: number | null;
  lastUse: Day | null;
  /** The days on which Microsoft locks and deletes the files by default; absent where it does not. */
  byDefault?: NonNullable<OneDriveFacts['byDefault']>;
  /** Monthly cost of the licences that wait for nothing else. */
  monthly: number;
  /** Those of their SKU part numbers that have no price in prices.yaml. */
  unpriced: string[];
}

export interface Releases {
  /** The most expensive first. */
  releases: Release[];
  /** Over the caps of one merge, because they lose a licence at once; to be released by the next one. */
  later: Release[];
}

/** Throws `release-whom`, `no-such-…` and `nothing-to-release`, each with exit code 2. */
export function findReleases(files: StackFiles, query: ReleaseQuery, today: Day): Releases {
  requireChoice(query);
  const chosen = query.names.length > 0 ? selectNamed(files, query.names) : selectWaiting(files, query);
  const found = chosen.map((file) => buildRelease(file, files, today));
  return splitByCaps(found.toSorted(compareByMoney), files);
}

function selectNamed(files: StackFiles, names: readonly string[]): ParsedYaml<AccountFile>[] {
  const found = new Set(names.map((name) => requireAccountFile(files, name)));
  for (const file of found) requireReleasable(file);
  return [...found];
}

function selectWaiting(files: StackFiles, { department, manager }: ReleaseQuery): ParsedYaml<AccountFile>[] {
  const { stack } = files;
  const ofDepartment = selectByDepartment(stack, files.accounts, department);
  const ofBoth = new Set(selectByManager(stack, files.accounts, manager));
  const found = ofDepartment.filter((file) => ofBoth.has(file) && isWaiting(file.value));
  if (found.length > 0) return found;
  const whose = [department ?? stack, ...(manager === undefined ? [] : [`whose manager is ${manager}`])].join(' ');
  throw createNothingToReleaseError(
    `No account of ${whose} waits for the release of its OneDrive.`,
    `stacks/${stack}/accounts/`,
    'Name an account, to release a OneDrive for which nothing is held back yet.',
  );
}

/** Whether a licence of the account is held back for nothing but its OneDrive. */
function isWaiting(file: AccountFile): boolean {
  return getStageOrder(file.stage) >= 0 && listWaitingSkus(file).length > 0;
}

function listWaitingSkus(file: AccountFile): string[] {
  return [...new Set(selectUnreleased(file).map(({ skuPartNumber }) => skuPartNumber))];
}

function requireReleasable({ path, value }: ParsedYaml<AccountFile>): void {
  const { stage, account } = value;
  const who = account.userPrincipalName;
  if (getStageOrder(stage) < 0)
    throw createNothingToReleaseError(
      `${who} is at stage ${stage}: its files stay.`,
      path,
      'Release them once it is at another stage than keep or restore.',
    );
  if (isReleased(value))
    throw createNothingToReleaseError(`The OneDrive of ${who} is released already.`, path, 'Merge its file as it is.');
  if (value.oneDrive === undefined && listWaitingSkus(value).length === 0)
    throw createNothingToReleaseError(
      `${who} has no OneDrive that a licence is held back for.`,
      path,
      'There is nothing to release; look at savings.heldBack in its file for why a licence stays.',
    );
}

function buildRelease(file: ParsedYaml<AccountFile>, { prices }: StackFiles, today: Day): Release {
  const { oneDrive } = file.value;
  const { monthly } = prices.value;
  const waiting = listWaitingSkus(file.value);
  const cents = waiting.map((sku) => Math.round((monthly[sku] ?? 0) * 100));
  const planned = oneDrive?.byDefault;
  const soonest = computeOneDriveClock(today);
  return {
    file,
    gigabytes: oneDrive?.gigabytes ?? null,
    files: oneDrive?.files ?? null,
    lastUse: oneDrive?.lastUse ?? null,
    ...(planned && { byDefault: planned.readOnlyFrom < soonest.readOnlyFrom ? soonest : planned }),
    monthly: cents.reduce((sum, each) => sum + each, 0) / 100,
    unpriced: waiting.filter((sku) => monthly[sku] === undefined),
  };
}

function compareByMoney(a: Release, b: Release): number {
  const [one, other] = [a.file.value.account, b.file.value.account];
  return b.monthly - a.monthly || (one.userPrincipalName < other.userPrincipalName ? -1 : 1);
}

/** The check of the pull request would refuse more than the caps. */
function splitByCaps(found: readonly Release[], { policy }: StackFiles): Releases {
  const { changesPerApply, changesPerDepartment } = policy.value.limits;
  const countByDepartment = new Map<string | null, number>();
  let all = 0;
  const result: Releases = { releases: [], later: [] };
  for (const release of found) {
    const { value } = release.file;
    const { department } = value.account;
    const inDepartment = countByDepartment.get(department) ?? 0;
    if (!isCapped(toCappedChange(value, addRelease(value)))) result.releases.push(release);
    else if (all >= changesPerApply || inDepartment >= changesPerDepartment) result.later.push(release);
    else {
      all += 1;
      countByDepartment.set(department, inDepartment + 1);
      result.releases.push(release);
    }
  }
  return result;
}

/** The file with `oneDrive: release`. */
export function addRelease(file: AccountFile): AccountFile {
  return { ...file, desired: { ...file.desired, oneDrive: 'release' } };
}

function createNothingToReleaseError(message: string, where: string, remedy: string): DormantError {
  return new DormantError('nothing-to-release', message, { exitCode: 2, where, remedy });
}
