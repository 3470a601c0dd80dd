// The people of the table as compact columns for the page's script: one entry per account in each, words in dictionaries.
import type { JudgedAccount } from '../../../policy/judgement.ts';
import { computeMonthlyCost } from '../../../policy/savings.ts';
import { actionWords, riskWords } from '../../../policy/words.ts';
import type { AuditResult } from '../../audit-result.ts';
import { contentsInWords, fateName, findFate, readOneDrive } from '../../summary/one-drive.ts';
import { everyone, placeInWords, placesIn } from '../../summary/place.ts';
import { jsonText } from './markup.ts';
import {
  aboutInWords,
  fateAndClock,
  licencesOf,
  nextInWords,
  seenOf,
  sourceNames,
  stageFilter,
  whyInWords,
} from './person-words.ts';

/** What the page's script gets. Rows are lists in the order of `keys`, which saves a third of the file. */
export interface PeopleData {
  currency: string;
  /** What the table would have if it were not cut. */
  total: number;
  words: Words;
  /** Names of the sources in the order of `seen`. */
  sources: string[];
  keys: string[];
  rows: unknown[][];
}

/** Dictionaries: a number in a row's `department`, `manager` and so on is a place in the one of that name. */
export interface Words {
  department: string[];
  manager: string[];
  stage: string[];
  risk: string[];
  action: string[];
  /** Product name and part number, parted by a null character. */
  licence: string[];
  jobTitle: string[];
  /** What becomes of a OneDrive, in two or three words. */
  oneDrive: string[];
  /** The same in a sentence, with its days. */
  fate: string[];
}

/** One account of the table. */
export interface PersonRow {
  id: string;
  upn: string;
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
  /** ISO days by source, parted by commas; empty where none is known. */
  seen: string;
  licences: LicenceEntry[];
  oneDrive: number;
  /** What it holds; empty where there is none. */
  files: string;
  fate: number;
  about: string;
}

/** Dictionary index, monthly price, and why it stays or through which group it comes; '' where it is simply reclaimable. */
export type LicenceEntry = [licence: number, monthly: number, note: string];

export interface PeopleOptions {
  /** Accounts beyond this are left to the CSV. */
  most: number;
  /** Bytes beyond which no account is added, whatever `most` says. */
  mostBytes: number;
}

/** Accounts of the plan come first, then the most expensive: a cut table has lost only what nobody decides on today. */
export function peopleData(result: AuditResult, { most, mostBytes }: PeopleOptions): PeopleData {
  const accounts = everyone(result);
  const words: Words = {
    department: [],
    manager: [],
    stage: [],
    risk: [],
    action: [],
    licence: [],
    jobTitle: [],
    oneDrive: [],
    fate: [],
  };
  const size = { bytes: 0 };
  const rowOf = rowMaker(words, size, result);
  const data: PeopleData = {
    currency: result.prices.currency,
    total: accounts.length,
    words,
    sources: sourceNames,
    keys: [],
    rows: [],
  };
  for (const account of accounts.slice(0, most)) {
    const row = rowOf(account);
    const values = Object.values(row);
    size.bytes += bytesOf(values);
    if (size.bytes > mostBytes) break;
    data.keys = Object.keys(row);
    data.rows.push(values);
  }
  return data;
}

function rowMaker(
  words: Words,
  size: { bytes: number },
  result: AuditResult,
): (account: JudgedAccount) => PersonRow {
  const placeOf = placesIn(result);
  const department = indexer(words.department, size);
  const manager = indexer(words.manager, size);
  const stage = indexer(words.stage, size);
  const risk = indexer(words.risk, size);
  const action = indexer(words.action, size);
  const licence = indexer(words.licence, size);
  const jobTitle = indexer(words.jobTitle, size);
  const oneDrive = indexer(words.oneDrive, size);
  const fateWords = indexer(words.fate, size);
  return (account) => {
    const { evidence, judgement } = account;
    const place = placeOf(account);
    const fate = findFate(account, place, result);
    return {
      id: evidence.id,
      upn: evidence.userPrincipalName,
      name: evidence.displayName,
      jobTitle: jobTitle(evidence.jobTitle ?? ''),
      department: department(evidence.department ?? 'no department'),
      manager: manager(evidence.manager?.displayName ?? 'no manager'),
      enabled: evidence.accountEnabled ? 1 : 0,
      days: judgement.inactiveDays,
      cost: computeMonthlyCost(evidence.licenses, result.prices),
      action: action(actionWords[judgement.action].name),
      risk: [...new Set(judgement.risks.map(({ code }) => risk(riskWords[code])))],
      risks: judgement.risks.map(({ because }) => because).join('; '),
      stage: stage(stageFilter(place)),
      place: placeInWords(place, result.auditedOn),
      why: whyInWords(account, place, result),
      next: nextInWords(account, place, result),
      seen: seenOf(evidence).join(),
      oneDrive: oneDrive(fateName(fate)),
      files: contentsInWords(readOneDrive(account), result.auditedOn),
      fate: fateWords(fateAndClock(fate, result.auditedOn)),
      licences: licencesOf(account, place, result).map(({ name, monthly, note }) => [
        licence(name),
        monthly,
        note,
      ]),
      about: aboutInWords(evidence, result.auditedOn),
    };
  };
}

/** New words count towards the size: a tenant may have as many departments as people. */
function indexer(words: string[], size: { bytes: number }): (word: string) => number {
  const known = new Map<string, number>();
  return (word) => {
    const at = known.get(word);
    if (at !== undefined) return at;
    size.bytes += bytesOf(word);
    known.set(word, words.length);
    return words.push(word) - 1;
  };
}

/** In the page, with the comma behind it. */
function bytesOf(value: unknown): number {
  return Buffer.byteLength(jsonText(value).text) + 1;
}
