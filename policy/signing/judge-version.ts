// Whether one version of an account file may stand: signed as it is, by a key that is good for it, no further than an audit
// proposed, and forward only by a new audit. Pure.
import { countDaysBetween, type Day } from '../evidence.ts';
import { getStageOrder } from '../files/stage.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { SigningContext } from './account-past.ts';
import { describeUnsignedFacts, hasSameFacts } from './differences.ts';
import { findKey, type ListedKey } from './keys.ts';
import { buildSignedText, parseSignedLine, type SignatureParts } from './signed-line.ts';

/** What the versions before this one say about it. */
export interface SignedBefore {
  /**
   * What is in force: the facts of the last version that was signed as it stood, at the stage that people have left it in
   * since. null: the account has no file, or none of this stay was signed.
   */
  standing: AccountFile | null;
  /** The version right before it; null: main had none, or none that can be read. */
  previous: AccountFile | null;
  /** Each signature of this account that main has had, with the place at which it came first. */
  signatures: ReadonlyMap<string, number>;
  /** The latest audit that vouched for a version on main. */
  newestEvidence: Day | null;
  /** What main had when signing began; null: no file of this account. */
  factsBefore: AccountFile | null;
}

export interface SigningProblem {
  code: 'not-signed' | 'not-proposed' | 'signed-before' | 'older-evidence' | 'stale-evidence' | MoveCode;
  /** Where in the file. */
  keys: readonly (string | number)[];
  message: string;
}

/** Main's own line does not allow the move. */
type MoveCode = 'stage-jump' | 'stage-too-early';

export interface JudgedVersion {
  /** Who vouches for the facts; null: nobody. `line` null: they are from before signing began. */
  facts: { line: SignatureParts | null } | null;
  /** Empty: it may stand. */
  problems: SigningProblem[];
}

/** How old evidence may be that takes an account further. */
export interface EvidenceLimit {
  today: Day;
  evidenceMaxAgeDays: number;
}

type Before = SignedBefore & {
  /** Its place on main’s line; for a file that main does not have yet, Infinity. */
  at: number;
  /** Absent: not asked of what main has already. */
  limit?: EvidenceLimit;
};

export function judgeVersion(file: AccountFile, before: Before, context: SigningContext): JudgedVersion {
  const facts = findVouching(file, before, context);
  if (facts !== null)
    return { facts, problems: isMoving(file, before) ? listMoveProblems(file, facts.line, before) : [] };
  // Somebody’s word to hold back or give back counts, whatever main has beside it.
  const isOnlyDecided = isGivingBack(file, before.previous) && hasSameFacts(file, before.previous);
  if (isOnlyDecided) return { facts, problems: [] };
  const reference = before.standing ?? before.previous;
  return { facts, problems: [{ code: 'not-signed', ...describeUnsignedFacts(file, reference, context) }] };
}

export function findVouching(file: AccountFile, before: Before, context: SigningContext): JudgedVersion['facts'] {
  const line = parseSignedLine(file.signed);
  if (line !== null && isSigned(file, line, before, context)) return { line };
  return hasSameFacts(file, before.factsBefore) ? { line: null } : null;
}

function isSigned(
  file: AccountFile,
  line: SignatureParts,
  { signatures, at }: Before,
  context: SigningContext,
): boolean {
  const key = findKey(context.signing, line.key);
  if (key === null || line.furthest === null) return false;
  const place = signatures.get(line.signature) ?? at;
  return (
    isGoodFor(key, { auditedOn: file.evidence.auditedOn, place }, context) &&
    context.verify(buildSignedText(file, context, line), line.signature, key.publicKey)
  );
}

/** `place`: where main had the signature first. */
function isGoodFor(
  { until, before }: ListedKey,
  { auditedOn, place }: { auditedOn: Day; place: number },
  { places }: SigningContext,
): boolean {
  if (until !== undefined && auditedOn > until) return false;
  return before === undefined || place < (places.get(before) ?? -1);
}

function isGivingBack({ stage }: AccountFile, previous: AccountFile | null): previous is AccountFile {
  if (previous === null) return false;
  return stage === 'keep' || stage === 'restore' || getStageOrder(stage) < getStageOrder(previous.stage);
}

/** A new file, a move forward, or other facts at the same stage. Back, to keep and to restore nothing is asked. */
function isMoving(file: AccountFile, { standing, previous }: SignedBefore): boolean {
  if (file.stage === 'restore') return false;
  if (file.stage === 'keep') return standing === null && previous === null;
  const [from, to] = [standing === null ? -1 : getStageOrder(standing.stage), getStageOrder(file.stage)];
  return to > from || (to === from && !hasSameFacts(file, standing));
}

function listMoveProblems(
  { stage, evidence }: AccountFile,
  line: SignatureParts | null,
  { standing, signatures, newestEvidence, limit }: Before,
): SigningProblem[] {
  const problems: SigningProblem[] = [];
  const furthest = line?.furthest ?? 'keep';
  if (getStageOrder(stage) > getStageOrder(furthest)) {
    const allowed = line === null ? 'its facts are from before signing began' : `the audit proposed ${furthest}`;
    const message = `stage: found ${stage}, but ${allowed}; only a new audit takes it further`;
    problems.push({ code: 'not-proposed', keys: ['stage'], message });
  }
  if (line !== null && signatures.has(line.signature)) {
    const message = `stage: ${stage} on a signature that main had before; what was held back, kept or taken out goes on only by a new audit`;
    problems.push({ code: 'signed-before', keys: ['stage'], message });
  }
  if (newestEvidence !== null && evidence.auditedOn < newestEvidence) {
    const message = `evidence.auditedOn: found ${evidence.auditedOn}, but main had the audit of ${newestEvidence}; older facts take nothing further`;
    problems.push({ code: 'older-evidence', keys: ['evidence', 'auditedOn'], message });
  }
  // Within its stage an account may get a new name or a licence back long after its evidence; the guard asks before it takes.
  const isForward = standing === null || getStageOrder(stage) > getStageOrder(standing.stage);
  const age = limit === undefined || !isForward ? 0 : countDaysBetween(evidence.auditedOn, limit.today);
  if (limit !== undefined && age > limit.evidenceMaxAgeDays) {
    const message = `evidence.auditedOn: found ${evidence.auditedOn}, ${age} days old; what takes an account further is at most ${limit.evidenceMaxAgeDays} (evidenceMaxAgeDays)`;
    problems.push({ code: 'stale-evidence', keys: ['evidence', 'auditedOn'], message });
  }
  return problems;
}
