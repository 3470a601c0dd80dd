// What is wrong with the chain of a stack's records: what is missing, changed, there twice or not signed. Pure.
import { describeRecord, describeSigner, type FoundRecord, type JudgedRecord, type RecordFinding } from './finding.ts';

/** `chain`: one record for each number, in their order. `judged`: all that can be read, also what is there a second time. */
export function listChainFaults(
  found: readonly FoundRecord[],
  judged: readonly JudgedRecord[],
  chain: readonly JudgedRecord[],
): RecordFinding[] {
  return [
    ...listUnreadable(found),
    ...listSignatureFaults(judged),
    ...listGaps(chain, found),
    ...listRepeated(judged, chain),
    ...listMisnamed(chain),
    ...listBrokenLinks(chain),
  ];
}

function listUnreadable(found: readonly FoundRecord[]): RecordFinding[] {
  return found
    .filter(({ record }) => record === null)
    .map(({ name, number }) => ({
      ...{ fault: 'unreadable' as const, sequences: [number], signedBy: null },
      message: `${name} is no record, or was changed so that it is none any more.`,
    }));
}

function listSignatureFaults(judged: readonly JudgedRecord[]): RecordFinding[] {
  return judged
    .filter(({ isSignatureGood }) => !isSignatureGood)
    .map(({ record, signedBy }) => ({
      ...{ fault: 'signature' as const, sequences: [record.sequence], signedBy: null },
      message:
        signedBy === null
          ? `Record ${describeRecord(record)} is not signed, though a key for its kind was listed.`
          : `Record ${describeRecord(record)} was changed: the signature by ${signedBy} is not of what it says now, or that key may not sign it.`,
    }));
}

/** A number whose file is there and cannot be read is told by that. */
function listGaps(chain: readonly JudgedRecord[], found: readonly FoundRecord[]): RecordFinding[] {
  const unreadable = new Set(found.flatMap(({ number, record }) => (record === null ? number : [])));
  return chain.flatMap(({ record, signedBy }, index): RecordFinding[] => {
    const before = chain[index - 1]?.record;
    const start = before?.sequence ?? 0;
    const between = Array.from({ length: record.sequence - start - 1 }, (_, at) => start + at + 1);
    const sequences = between.filter((number) => !unreadable.has(number));
    const [first] = sequences;
    if (first === undefined) return [];
    const what = sequences.length === 1 ? `Record ${first} is` : `Records ${first} to ${sequences.at(-1)} are`;
    const since = before === undefined ? 'from the beginning' : `after ${describeRecord(before)}`;
    const message = `${what} missing, ${since} and before ${describeRecord(record)}.`;
    return [{ fault: 'missing', sequences, signedBy, message }];
  });
}

/** The same record in two places, two records of one place, or one run that was recorded twice. */
function listRepeated(judged: readonly JudgedRecord[], chain: readonly JudgedRecord[]): RecordFinding[] {
  const chosen = new Map(chain.map((each) => [each.record.sequence, each]));
  const places = judged.flatMap((each): RecordFinding[] => {
    const other = chosen.get(each.record.sequence);
    if (other === undefined || other === each) return [];
    const isCopy = other.hash === each.hash;
    const message = isCopy
      ? `Record ${describeRecord(each.record)} is there twice: as ${other.name} and as ${each.name}.`
      : `There are two different records ${each.record.sequence}: ${other.name}, ${describeSigner(other)}, and ${each.name}, ${describeSigner(each)}.`;
    return [{ fault: 'twice', sequences: [each.record.sequence], signedBy: each.signedBy, message }];
  });
  return [...places, ...listRepeatedRuns(chain)];
}

/** Only a workflow's run and attempt is a name that no other run has: elsewhere a process may have the number of an earlier one. */
function listRepeatedRuns(chain: readonly JudgedRecord[]): RecordFinding[] {
  const named = chain.filter(({ record: { kind, run } }) => kind !== 'erasure' && /^\d+\/\d+$/.test(run));
  const runs = Map.groupBy(named, ({ record: { kind, run } }) => `${kind} ${run}`);
  return [...runs.values()].flatMap(([first, ...others]) =>
    others.map(({ record, signedBy }): RecordFinding => {
      const message = `The run ${record.run} was recorded twice: as ${first?.record.sequence} and as ${describeRecord(record)}.`;
      return { fault: 'twice', sequences: [record.sequence], signedBy, message };
    }),
  );
}

function listMisnamed(chain: readonly JudgedRecord[]): RecordFinding[] {
  return chain
    .filter(({ number, record }) => number !== record.sequence)
    .map(({ name, record, signedBy }) => ({
      ...{ fault: 'misnamed' as const, sequences: [record.sequence], signedBy },
      message: `${name} is record ${describeRecord(record)}: somebody has renamed it.`,
    }));
}

/** A record is changed where the next one names another hash; what its own signature has told already is not told again. */
function listBrokenLinks(chain: readonly JudgedRecord[]): RecordFinding[] {
  return chain.flatMap((each, index): RecordFinding[] => {
    const before = chain[index - 1];
    const { record } = each;
    if (before === undefined) {
      if (record.sequence > 1 || record.previous === null) return [];
      const message = `Record ${describeRecord(record)} is the first, and names one before it.`;
      return [{ fault: 'changed', sequences: [record.sequence], signedBy: each.signedBy, message }];
    }
    const follows = before.record.sequence === record.sequence - 1;
    if (!follows || record.previous === before.hash || !before.isSignatureGood || !each.isSignatureGood) return [];
    const message = `Record ${describeRecord(before.record)} is not the one that record ${record.sequence} names: it was changed since${before.signedBy === null ? '' : `, by whoever has the key ${before.signedBy}`}.`;
    return [{ fault: 'changed', sequences: [before.record.sequence], signedBy: before.signedBy, message }];
  });
}
