// What a repository knows of the people of one stack: main with its history, as this clone has it, and the last audit on this machine.

import { listYamlFiles, readStackHistory, type StackHistory } from '../../audit/history/stack-history.ts';
import { readCommittedFile } from '../../audit/history/tracked-files.ts';
import { getOutFolder } from '../../audit/out-folder.ts';
import { readBlobs } from '../../forge/git/blobs.ts';
import { createGit } from '../../forge/git/git.ts';
import { findKnownMain } from '../../forge/git/known-main.ts';
import type { ClosedDate } from '../../policy/calendar/closed-dates.ts';
import { parseHolidays } from '../../policy/calendar/holidays.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import { getEscalationsPath } from '../../policy/files/escalations-file.ts';
import { getGiveBackFolder } from '../../policy/files/give-back-file.ts';
import { parsePolicy } from '../../policy/files/policy-file.ts';
import { exemptionsPath, getTenantPath, policyFolder, policyPath } from '../../policy/files/stack-files.ts';
import { Escalations } from '../../policy/schemas/escalations.ts';
import { Exemptions } from '../../policy/schemas/exemptions.ts';
import { GiveBack } from '../../policy/schemas/give-back.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import { isEmulated, Tenant } from '../../policy/schemas/tenant.ts';
import { type ParsedYaml, parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { readToday, resolveToday } from '../today.ts';
import { type PeopleOfAudit, readPeopleOfAudit } from './people-of-audit.ts';
import type { Reading } from './unread.ts';

interface StackSettings {
  tenant: ParsedYaml<Tenant>;
  /** null: main has none that can be read. */
  policy: ParsedYaml<Policy> | null;
  /** Of the iCalendar file that the policy names. */
  holidays: readonly ClosedDate[];
  exemptions: Exemptions['exemptions'];
  escalations: Escalations['escalations'];
  /** Of give-back/, by path. */
  giveBacks: readonly { path: string; value: GiveBack }[];
}

export interface StackSources {
  stack: string;
  today: Day;
  /** The commit of main that is looked at; null: there is none. */
  commit: string | null;
  /** null: main does not say. */
  settings: StackSettings | null;
  /** null: main's history cannot be read. */
  history: StackHistory | null;
  /** null: there is no audit on this machine. */
  audited: PeopleOfAudit | null;
}

interface SourceQuery {
  repo: string;
  stack: string;
  /** --today. */
  today: string | undefined;
}

/** Throws for a stack that has no tenant.yaml at all, and for a --today that is refused. */
export async function readStackSources(
  { repo, stack, today: named }: SourceQuery,
  reading: Reading,
): Promise<StackSources> {
  const ref = await findMainRef(repo);
  const settings = await reading.attempt('main', () => readSettings({ repo, ref, stack }, reading));
  const today = await findToday(settings?.tenant.value ?? null, named, reading);
  const history =
    ref === null ? null : await reading.attempt('main', () => readStackHistory(repo, ref.commit, { stack, today }));
  return {
    ...{ stack, today, commit: ref?.commit ?? null, settings, history },
    audited: await reading.attempt('audit', () => readPeopleOfAudit(getOutFolder(repo, stack), stack)),
  };
}

interface MainRef {
  commit: string;
}

/** As it was fetched last; else where the clone stands. */
async function findMainRef(repo: string): Promise<MainRef | null> {
  const git = createGit(repo);
  const ref = (await findKnownMain(git)) ?? 'HEAD';
  const commit = await git.runOrNull(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  return commit === null ? null : { commit };
}

/** Any other file than tenant.yaml that cannot be read is told, and counts as none. */
async function readSettings(
  { repo, ref, stack }: { repo: string; ref: MainRef | null; stack: string },
  reading: Reading,
): Promise<StackSettings> {
  const read = async <T>(path: string, parse: (text: string) => T): Promise<T | null> => {
    const text =
      ref === null ? await openWorkingTree(repo).read(path) : (await readCommittedFile(repo, ref.commit, path))?.text;
    return text == null ? null : parse(text);
  };
  const attempt = <T>(path: string, parse: (text: string) => T) => reading.attempt('main', () => read(path, parse));
  const path = getTenantPath(stack);
  const [tenant, policy, exemptions, escalations] = await Promise.all([
    read(path, (text) => parseYaml(Tenant, path, text)),
    attempt(policyPath, (text) => parsePolicy(policyPath, text)),
    attempt(exemptionsPath, (text) => parseYaml(Exemptions, exemptionsPath, text).value),
    attempt(getEscalationsPath(stack), (text) => parseYaml(Escalations, getEscalationsPath(stack), text).value),
  ]);
  if (tenant === null) {
    throw new DormantError('missing-file', `Main, as this clone knows it, has no ${path}.`, {
      exitCode: 2,
      where: path,
      remedy: 'Run `git fetch`, or merge the pull request that adds the tenant.',
    });
  }
  const giveBacks = ref === null ? [] : ((await reading.attempt('main', () => readGiveBacks(repo, ref, stack))) ?? []);
  const holidays = await reading.attempt('main', () => readHolidays(repo, ref, policy));
  return {
    ...{ tenant, policy, holidays: holidays ?? [], giveBacks },
    exemptions: exemptions?.exemptions ?? [],
    escalations: escalations?.escalations ?? [],
  };
}

async function readHolidays(
  repo: string,
  ref: MainRef | null,
  policy: ParsedYaml<Policy> | null,
): Promise<ClosedDate[]> {
  const name = policy?.value.calendar?.closed.holidays;
  if (ref === null || name === undefined) return [];
  const path = `${policyFolder}/${name}`;
  const text = await createGit(repo).runOrNull(['show', `${ref.commit}:${path}`]);
  return text === null ? [] : parseHolidays(path, text);
}

async function readGiveBacks(repo: string, { commit }: MainRef, stack: string): Promise<StackSettings['giveBacks']> {
  const blobs = await listYamlFiles(repo, commit, `${getGiveBackFolder(stack)}/`);
  const texts = await readBlobs(repo, [...blobs.values()]);
  return [...blobs].map(([path, blob]) => parseYaml(GiveBack, path, texts.get(blob) ?? ''));
}

/** A tenant that does not answer keeps nobody from being told what main says. */
async function findToday(tenant: Tenant | null, named: string | undefined, reading: Reading): Promise<Day> {
  if (tenant === null) return named ?? readToday();
  if (named !== undefined || !isEmulated(tenant.cloud)) return resolveToday(tenant.cloud, named);
  return (await reading.attempt('clock', () => resolveToday(tenant.cloud, undefined))) ?? readToday();
}
