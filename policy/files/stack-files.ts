// A stack's files, loaded and checked against their schemas. Pure: the reader is passed in.
import { listCalendarProblems } from '../calendar/calendar-problems.ts';
import type { ClosedDate } from '../calendar/closed-dates.ts';
import { parseHolidays } from '../calendar/holidays.ts';
import { DormantError, InvalidInput, type Problem } from '../errors.ts';
import { foldId, foldText, type IdKey } from '../identifiers.ts';
import { AccountFile } from '../schemas/account.ts';
import type { Escalations } from '../schemas/escalations.ts';
import { Exemptions } from '../schemas/exemptions.ts';
import type { Policy } from '../schemas/policy.ts';
import { Prices } from '../schemas/prices.ts';
import { Tenant } from '../schemas/tenant.ts';
import { type ParsedYaml, parseYaml } from '../yaml/parse-yaml.ts';
import { getAccountsFolder, getArchiveFolder } from './account-file.ts';
import { getEscalationsPath, parseEscalations } from './escalations-file.ts';
import { getGiveBackFolder, type LoadedGiveBacks, parseGiveBacks } from './give-back-file.ts';
import { parsePolicy } from './policy-file.ts';

/** One file for all stacks. */
export const exemptionsPath = 'exemptions.yaml';
export const policyPath = 'policy/policy.yaml';
/** Also of the iCalendar file that the policy names. */
export const policyFolder = 'policy';

export function getTenantPath(stack: string): string {
  return `stacks/${stack}/tenant.yaml`;
}

/** Where files come from: the working tree, or a commit. Paths are relative to the repository's root, with slashes. */
export interface RepositoryFiles {
  /** Names of the files in a folder, without its subfolders; empty when there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** The file's text; null when there is none. */
  read(path: string): Promise<string | null>;
}

export interface StackFiles {
  stack: string;
  tenant: ParsedYaml<Tenant>;
  policy: ParsedYaml<Policy>;
  prices: ParsedYaml<Prices>;
  /** Of the iCalendar file that the policy names. */
  holidays: readonly ClosedDate[];
  /** null: the repository has no exemptions.yaml. */
  exemptions: ParsedYaml<Exemptions> | null;
  /** null: no audit has found an executive whose account is silent. */
  escalations: ParsedYaml<Escalations> | null;
  /** Sorted by path. */
  accounts: ParsedYaml<AccountFile>[];
  giveBacks: LoadedGiveBacks;
}

/** Throws `InvalidInput` with the problems of all files together, `DormantError` when a required file is missing. */
export async function loadStack(files: RepositoryFiles, stack: string): Promise<StackFiles> {
  requireStackName(stack);
  const problems: Problem[] = [];
  const collect = <T>(parse: () => T): T | null => {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      problems.push(...error.problems);
      return null;
    }
  };
  const texts = await readStackFiles(files, stack);
  const tenant = collect(() => parseYaml(Tenant, texts.tenant.path, texts.tenant.text));
  const policy = collect(() => parsePolicy(texts.policy.path, texts.policy.text));
  const prices = collect(() => parseYaml(Prices, texts.prices.path, texts.prices.text));
  const { exemptions: exemptionsSource, escalations: escalationsSource } = texts;
  const exemptions =
    exemptionsSource && collect(() => parseYaml(Exemptions, exemptionsSource.path, exemptionsSource.text));
  const escalations =
    escalationsSource && collect(() => parseEscalations(escalationsSource.path, escalationsSource.text));
  const accounts = texts.accounts.map(({ path, text }) => collect(() => parseYaml(AccountFile, path, text)));
  const source = policy && (await readHolidays(files, policy));
  const holidays = source && collect(() => parseHolidays(source.path, source.text));
  if (tenant && policy) problems.push(...listCalendarProblems(tenant, policy, { hasHolidays: source !== null }));
  problems.push(...texts.strayFiles);
  if (problems.length > 0 || !tenant || !policy || !prices) throw new InvalidInput(problems);
  return {
    stack,
    tenant,
    policy,
    prices,
    holidays: holidays ?? [],
    exemptions,
    escalations,
    accounts: accounts.filter((account) => account !== null),
    giveBacks: parseGiveBacks(await readYamlTexts(files, getGiveBackFolder(stack))),
  };
}

/** The stack's tenant.yaml alone, whatever the other files are like. Throws `InvalidInput` or `DormantError`, exit code 2. */
export async function loadTenant(files: RepositoryFiles, stack: string): Promise<ParsedYaml<Tenant>> {
  requireStackName(stack);
  const { path, text } = await readTenant(files, stack);
  return parseYaml(Tenant, path, text);
}

/** The files of the stack's archive, sorted by path. Throws `InvalidInput` for one that cannot be read. */
export async function loadArchive(files: RepositoryFiles, stack: string): Promise<ParsedYaml<AccountFile>[]> {
  const texts = await readYamlTexts(files, getArchiveFolder(stack));
  return [...texts].map(([path, text]) => parseYaml(AccountFile, path, text));
}

/** Path → text, of the YAML files in a folder, sorted by path. */
export async function readYamlTexts(files: RepositoryFiles, folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await files.list(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const sources = await Promise.all(names.map((name) => readRequired(files, `${folder}/${name}`, readAgain)));
  return new Map(sources.map(({ path, text }) => [path, text]));
}

/** Whom the files are about. */
export function collectIds(files: readonly AccountFile[]): Set<IdKey> {
  return new Set(files.map(({ account }) => foldId(account.id)));
}

/** The mail addresses that the pipeline itself uses, in lower case: their accounts are never planned. */
export function listPipelineAccounts({ notifications }: Tenant, policy: Policy): string[] {
  const { sender, replyTo } = notifications;
  const { fallbackContact, hrContact } = policy.notifications;
  const addresses = [sender, replyTo, fallbackContact, ...(hrContact === undefined ? [] : [hrContact])];
  return addresses.map(foldText);
}

/** Throws `DormantError` (exit code 2) for a name that could leave stacks/. */
export function requireStackName(stack: string): void {
  if (/^[a-z0-9][a-z0-9._-]{0,99}$/i.test(stack) && !stack.includes('..')) return;
  throw new DormantError('stack-name', `"${stack}" is not a stack's name: letters, digits, dot, _ and - are allowed.`, {
    exitCode: 2,
    remedy: 'Name a folder of stacks/.',
  });
}

interface Source {
  path: string;
  text: string;
}

const inTheRoot = 'Run this in the root of the repository, or name the root with --repo.';

const readAgain = 'Run the command again: the file went away while its folder was read.';

async function readStackFiles(files: RepositoryFiles, stack: string) {
  // The tenant first and alone, so that a missing stack is always reported by its tenant.yaml.
  const tenant = await readTenant(files, stack);
  const policy = await readRequired(files, policyPath, inTheRoot);
  const [prices, exemptions, escalations] = await Promise.all([
    readRequired(files, 'policy/prices.yaml', inTheRoot),
    readOptional(files, exemptionsPath),
    readOptional(files, getEscalationsPath(stack)),
  ]);
  const folder = getAccountsFolder(stack);
  const names = (await files.list(folder)).sort();
  const isAccount = (name: string) => name.endsWith('.yaml');
  const accounts = await Promise.all(
    names.filter(isAccount).map((name) => readRequired(files, `${folder}/${name}`, readAgain)),
  );
  const strayFiles = names
    .filter((name) => !isAccount(name) && name !== '.gitkeep')
    .map((name) => buildStrayFileProblem(`${folder}/${name}`));
  return { tenant, policy, prices, exemptions, escalations, accounts, strayFiles };
}

function buildStrayFileProblem(path: string): Problem {
  const message = 'is not an account file; only <name>.yaml is allowed here';
  return { path, line: 1, column: 1, code: 'stray-file', message };
}

/** null: the policy names none, or there is none. */
function readHolidays(files: RepositoryFiles, { value: { calendar } }: ParsedYaml<Policy>): Promise<Source | null> {
  const name = calendar?.closed.holidays;
  return name === undefined ? Promise.resolve(null) : readOptional(files, `${policyFolder}/${name}`);
}

function readTenant(files: RepositoryFiles, stack: string): Promise<Source> {
  return readRequired(files, getTenantPath(stack), `Run \`dormant init ${stack}\` to add it.`);
}

async function readOptional(files: RepositoryFiles, path: string): Promise<Source | null> {
  const text = await files.read(path);
  return text === null ? null : { path, text };
}

async function readRequired(files: RepositoryFiles, path: string, remedy: string): Promise<Source> {
  const source = await readOptional(files, path);
  if (source) return source;
  throw new DormantError('missing-file', `There is no ${path}.`, { exitCode: 2, where: path, remedy });
}
