// What is wrong with the files beside the chain: the run's own part of each record, and the parts of people. Pure.
import { describeRecord, type JudgedRecord, type RecordFault, type RecordFinding } from './finding.ts';

/** What was found beside the chain, by the record's id: hashes of files. */
export interface FoundFiles {
  bodies: ReadonlyMap<string, string>;
  parts: ReadonlyMap<string, readonly string[]>;
}

export function judgeBody({ record, signedBy }: JudgedRecord, { bodies }: FoundFiles): RecordFinding[] {
  const hash = bodies.get(record.id) ?? null;
  if (hash === record.body) return [];
  const sequences = [record.sequence];
  return [
    hash === null
      ? {
          fault: 'body-missing',
          sequences,
          signedBy,
          message: `The run’s own part of record ${describeRecord(record)} is missing.`,
        }
      : {
          fault: 'body-changed',
          sequences,
          signedBy,
          message: `The run’s own part of record ${describeRecord(record)} was changed.`,
        },
  ];
}

export interface JudgedParts {
  findings: RecordFinding[];
  good: number;
  /** Days of erasures, one for each part. */
  gone: string[];
}

export function judgeParts(
  { record, signedBy }: JudgedRecord,
  { parts }: FoundFiles,
  erased: ReadonlyMap<string, string>,
): JudgedParts {
  const there = new Set(parts.get(record.id) ?? []);
  const named = new Set(record.parts);
  const absent = record.parts.filter((hash) => !there.has(hash));
  const gone = absent.flatMap((hash) => erased.get(hash) ?? []);
  const lost = absent.length - gone.length;
  const foreign = [...there].filter((hash) => !named.has(hash)).length;
  const kept = record.parts.filter((hash) => there.has(hash) && erased.has(hash)).length;
  const changed = Math.min(lost, foreign);
  const tell = (fault: RecordFault, count: number, what: string): RecordFinding[] =>
    count === 0
      ? []
      : [
          {
            fault,
            sequences: [record.sequence],
            signedBy,
            message: `${countParts(count)} of record ${describeRecord(record)} ${what}`,
          },
        ];
  return {
    findings: [
      ...tell('part-changed', changed, changed === 1 ? 'was changed.' : 'were changed.'),
      ...tell(
        'part-missing',
        lost - changed,
        `${lost - changed === 1 ? 'is' : 'are'} missing, and no erasure names ${lost - changed === 1 ? 'it' : 'them'}.`,
      ),
      ...tell(
        'part-unknown',
        foreign - changed,
        `${foreign - changed === 1 ? 'is' : 'are'} not of that run: somebody has added to it.`,
      ),
      ...tell(
        'not-erased',
        kept,
        `${kept === 1 ? 'is' : 'are'} still there, though an erasure names ${kept === 1 ? 'it' : 'them'}: run \`dormant erase\` again.`,
      ),
    ],
    good: record.parts.length - absent.length - kept,
    gone,
  };
}

function countParts(count: number): string {
  return count === 1 ? 'A person’s part' : `${count} people’s parts`;
}
