// The people of the table in a compact form for the page's script: one list per account, words in dictionaries.
import { renderJson } from '../../../forge/markup.ts';
import type { UserId, UserPrincipalName } from '../../../policy/identifiers.ts';
import { actionWords, riskWords } from '../../../policy/words/labels.ts';
import type { AccountView, AuditView } from '../../audit-view.ts';
import { describePlace } from '../../summary/account-place.ts';
import {
  describeOneDriveContents,
  findOneDriveFate,
  formatFate,
  resolveOneDrive,
} from '../../summary/one-drive-fate.ts';
import {
  describeFateAndClock,
  describeNext,
  describePerson,
  describeStageFilter,
  describeWhy,
  listLicenseWords,
  listSeenDays,
  sourceNames,
} from './person-words.ts';

/** The data of the page's script. Rows are lists in the order of `keys`, which saves a third of the file. */
export interface PeopleData {
  currency: string;
  /** Rows of the table before it was cut. */
  total: number;
  words: PeopleWords;
  /** Names of the sources in the order of `seen`. */
  sources: string[];
  keys: string[];
  rows: unknown[][];
}

/** Dictionaries: a number in a row's `department`, `manager` and so on is an index into the list of that name. */
interface PeopleWords {
  department: string[];
  manager: string[];
  stage: string[];
  risk: string[];
  action: string[];
  /** Product name and part number, separated by a null character. */
  license: string[];
  jobTitle: string[];
  /** What becomes of a OneDrive, in two or three words. */
  oneDrive: string[];
  /** The same as a sentence, with Microsoft's days. */
  fate: string[];
  /** Empty where the policy has none. */
  population: string[];
}

/** One account of the table. */
export interface PersonRow {
  id: UserId;
  upn: UserPrincipalName;
  name: string;
  jobTitle: number;
  department: number;
  manager: number;
  enabled: 0 | 1;
  /** Days without activity; null: never active. */
  days: number | null;
  /** Monthly cost of all licences. */
  cost: number;
  action: number;
  /** Distinct risks; the evidence for them is in `risks`. */
  risk: number[];
  risks: string;
  /** The stage after the merge, to filter by. */
  stage: number;
  place: string;
  why: string;
  next: string;
  /** ISO days by source, separated by commas; empty where none is known. */
  seen: string;
  licenses: LicenseEntry[];
  oneDrive: number;
  /** What the OneDrive holds; empty where there is none. */
  files: string;
  fate: number;
  about: string;
  /** Only where the policy has populations. */
  population?: number;
}

/** Dictionary index, monthly price, and why it stays or through which group it comes; '' where it is simply reclaimable. */
type LicenseEntry = [license: number, monthly: number, note: string];

interface PeopleOptions {
  /** Accounts beyond this are left to the CSV. */
  most: number;
  /** Accounts that would exceed this many bytes are left to the CSV, too. */
  mostBytes: number;
}

/** Accounts of the plan come first, then the most expensive, so that a cut table has what is to be decided today. */
export function buildPeopleData(result: AuditView, { most, mostBytes }: PeopleOptions): PeopleData {
  const accounts = result.reported;
  const words: PeopleWords = {
    department: [],
    manager: [],
    stage: [],
    risk: [],
    action: [],
    license: [],
    jobTitle: [],
    oneDrive: [],
    fate: [],
    population: [],
  };
  const size = { bytes: 0 };
  const buildRow = createRowBuilder(words, size, result);
  const data: PeopleData = {
    currency: result.currency,
    total: accounts.length,
    words,
    sources: sourceNames,
    keys: [],
    rows: [],
  };
  for (const account of accounts.slice(0, most)) {
    const row = buildRow(account);
    const values = Object.values(row);
    size.bytes += countBytes(values);
    if (size.bytes > mostBytes) break;
    data.keys = Object.keys(row);
    data.rows.push(values);
  }
  return data;
}

function createRowBuilder(
  words: PeopleWords,
  size: { bytes: number },
  result: AuditView,
): (account: AccountView) => PersonRow {
  const department = createIndexer(words.department, size);
  const manager = createIndexer(words.manager, size);
  const stage = createIndexer(words.stage, size);
  const risk = createIndexer(words.risk, size);
  const action = createIndexer(words.action, size);
  const license = createIndexer(words.license, size);
  const jobTitle = createIndexer(words.jobTitle, size);
  const oneDrive = createIndexer(words.oneDrive, size);
  const fateWords = createIndexer(words.fate, size);
  const population = createIndexer(words.population, size);
  return (account) => {
    const { evidence, judgement, place, outlook } = account;
    const fate = findOneDriveFate(account, result);
    return {
      id: evidence.id,
      upn: evidence.userPrincipalName,
      name: evidence.displayName,
      jobTitle: jobTitle(evidence.jobTitle ?? ''),
      department: department(evidence.department ?? 'no department'),
      manager: manager(evidence.manager?.displayName ?? 'no manager'),
      enabled: evidence.accountEnabled ? 1 : 0,
      days: judgement.inactiveDays,
      cost: outlook.cost,
      action: action(actionWords[judgement.action].name),
      risk: [...new Set(judgement.risks.map(({ code }) => risk(riskWords[code])))],
      risks: judgement.risks.map(({ because }) => because).join('; '),
      stage: stage(describeStageFilter(place)),
      place: describePlace(place, result.auditedOn),
      why: describeWhy(account, result),
      next: describeNext(account, result),
      seen: listSeenDays(evidence).join(),
      oneDrive: oneDrive(formatFate(fate)),
      files: describeOneDriveContents(resolveOneDrive(account), result.auditedOn),
      fate: fateWords(describeFateAndClock(fate, result.auditedOn)),
      licenses: listLicenseWords(account).map(({ name, monthly, note }) => [license(name), monthly, note]),
      about: describePerson(evidence, result.auditedOn),
      ...(result.policy.populations === undefined ? {} : { population: population(judgement.population ?? 'none') }),
    };
  };
}

/** New words count towards the size, because a tenant may have as many departments as people. */
function createIndexer(words: string[], size: { bytes: number }): (word: string) => number {
  const known = new Map<string, number>();
  return (word) => {
    const at = known.get(word);
    if (at !== undefined) return at;
    size.bytes += countBytes(word);
    known.set(word, words.length);
    return words.push(word) - 1;
  };
}

/** As in the page, with the comma after it. */
function countBytes(value: unknown): number {
  return Buffer.byteLength(renderJson(value).text) + 1;
}
