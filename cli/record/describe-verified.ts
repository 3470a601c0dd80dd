// What `dormant verify` says: what was found whole, then each fault with the records that it is about and who signed them.
import { countDaysBetween } from '../../policy/evidence.ts';
import type { RecordFinding } from '../../policy/records/finding.ts';
import type { ChainedRecord } from '../../policy/records/record.ts';
import type { RecordKind } from '../../policy/schemas/records.ts';
import { formatCount, formatList } from '../../policy/words/labels.ts';
import { pc } from '../colors.ts';
import type { VerifiedRecords } from './verify-records.ts';

interface Asked {
  stack: string;
  place: string;
  /** Path of the tenant.yaml whose keys were trusted; null: those that the records name. */
  trusted: string | null;
  /** A hash that has to be in the chain; null: none was given. */
  contains: string | null;
}

interface Told {
  lines: string[];
  document: object;
  isWhole: boolean;
}

const plurals: Record<RecordKind, string> = { audit: 'audits', apply: 'applies', erasure: 'erasures' };

/** Audits are weekly: more days than this between two are worth a line. */
const longestPause = 10;

export function describeVerified(verified: VerifiedRecords, asked: Asked): Told {
  const isContained = asked.contains === null || verified.hashes.includes(asked.contains.toLowerCase());
  const isWhole = verified.findings.length === 0 && isContained && verified.records.length > 0;
  const good = [
    ...listGood(verified),
    ...(asked.contains !== null && isContained ? ['The hash that was given is in the chain.'] : []),
  ].map((line) => `${pc.green('ok')}     ${line}`);
  const notes = listNotes(verified, asked).map((line) => `${pc.dim('note')}   ${line}`);
  const faults = [
    ...verified.findings.map((finding) => `${finding.message}${describeSigner(finding)}`),
    ...(isContained ? [] : [`No record has the SHA-256 ${asked.contains}: it was taken off or changed.`]),
    ...(verified.records.length > 0 ? [] : ['There is no record.']),
  ].map((line) => `${pc.red('fault')}  ${line}`);
  return {
    lines: [headline(verified, asked), ...good, ...notes, ...faults, verdict(isWhole)],
    document: toDocument(verified, asked, isWhole),
    isWhole,
  };
}

/** Of a record that is missing, who signed the next one is what can be said. */
function describeSigner({ fault, signedBy }: RecordFinding): string {
  if (signedBy === null) return '';
  return fault === 'missing' ? ` The record after it is signed by ${signedBy}.` : ` It is signed by ${signedBy}.`;
}

function headline({ records }: VerifiedRecords, { stack, place }: Asked): string {
  const [first, last] = [records[0], records.at(-1)];
  if (first === undefined || last === undefined) return `Records of ${stack} in ${place}: none.`;
  return `Records of ${stack} in ${place}: ${formatCount(records.length, 'record')} from ${first.day} to ${last.day}, the last one number ${last.sequence}.`;
}

function* listGood({
  findings,
  signers,
  parts,
  erased,
  facts,
  commits,
  head,
  records,
}: VerifiedRecords): Iterable<string> {
  const has = (...faults: string[]) => findings.some(({ fault }) => faults.includes(fault));
  if (!has('missing', 'changed', 'twice', 'misnamed', 'unreadable', 'signature') && records.length > 0)
    yield `The chain is whole: each record names the one before it.`;
  const signed = signers.filter(({ key }) => key !== null);
  if (signed.length > 0 && !has('signature'))
    yield `Signed: ${formatList(signed.map(({ key, kind, records: each }) => `${formatCount(each, kind, plurals[kind])} by ${key}`))}.`;
  yield `${formatCount(parts, 'part')} of people as ${parts === 1 ? 'it was' : 'they were'} written.`;
  for (const [day, each] of erased) yield `${formatCount(each, 'part')} erased on ${day}.`;
  for (const [key, each] of facts)
    yield `${formatCount(each, 'account’s facts', 'accounts’ facts')} signed by ${key}, as they stand.`;
  if (commits > 0)
    yield `${formatCount(commits, 'commit')} with the bytes that ${commits === 1 ? 'its id is' : 'their ids are'} computed from.`;
  if (head !== null) yield `The last record has the SHA-256 ${head}.`;
}

function listNotes({ signers, leftOver, records, unverifiable }: VerifiedRecords, { trusted, stack }: Asked): string[] {
  const unsigned = signers.filter(({ key }) => key === null);
  const others = new Set(records.map((record) => record.stack).filter((name) => name !== stack));
  return [
    ...[...others].map((other) => `They say that they are of the stack ${other}.`),
    trusted === null
      ? 'The keys are those that the records name themselves: compare them with tenant.yaml on main, or give it with --tenant.'
      : `The keys are those of ${trusted}.`,
    ...unsigned.map(
      ({ kind, records: each }) =>
        `${formatCount(each, kind, plurals[kind])} not signed: there was no key for it then.`,
    ),
    ...(unverifiable === 0
      ? []
      : [
          `${formatCount(unverifiable, 'account’s facts', 'accounts’ facts')} can no longer be verified by a signature: they are erased, or name somebody who is.`,
        ]),
    ...listPauses(records),
    ...(leftOver === 0
      ? []
      : [`${formatCount(leftOver, 'run')} left parts and no record: each ended while it was adding one.`]),
  ];
}

function listPauses(records: readonly ChainedRecord[]): string[] {
  const days = records.filter(({ kind }) => kind === 'audit').map(({ day }) => day);
  return days.slice(1).flatMap((day, index) => {
    const before = days[index] ?? day;
    const between = countDaysBetween(before, day);
    return between > longestPause ? [`No audit was recorded between ${before} and ${day}, for ${between} days.`] : [];
  });
}

function verdict(isWhole: boolean): string {
  return isWhole ? pc.green('These records are whole.') : pc.red('These records are not whole.');
}

function toDocument(verified: VerifiedRecords, { stack, place, trusted }: Asked, isWhole: boolean) {
  const { findings, records, head, signers, parts, erased, facts, unverifiable, commits, leftOver } = verified;
  return {
    ...{ stack, place, isWhole, findings, head, signers, parts, unverifiable, commits, leftOver },
    records: records.map(({ sequence, id, kind, day, writtenAt, run, commit }) => ({
      sequence,
      id,
      kind,
      day,
      writtenAt,
      run,
      commit,
    })),
    erased: Object.fromEntries(erased),
    facts: Object.fromEntries(facts),
    keysFrom: trusted,
  };
}
