// What main's history vouches for about one account: each version is held against those before it. Pure.
import type { Day } from '../evidence.ts';
import { buildDesiredState, getStageOrder, isTakingStage } from '../files/stage.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { Signing } from '../schemas/signing.ts';
import type { Tenant } from '../schemas/tenant.ts';
import { type JudgedMove, judgeMove } from './judge-move.ts';
import { judgeVersion, type SignedBefore } from './judge-version.ts';
import type { LineRules } from './line-rules.ts';
import { createVersionReader, type FileVersion, type ReadVersion } from './main-line.ts';
import { parseSignedLine, type SignedTenant, type VerifySignature } from './signed-line.ts';

export interface SigningContext extends SignedTenant {
  /** null: tenant.yaml has no keys. */
  signing: Signing | null;
  verify: VerifySignature;
  read: ReadVersion;
  /** The place of each commit on main's first-parent line. */
  places: ReadonlyMap<string, number>;
  /** By what main's own line says of moves; null: they are compared elsewhere, as by the check of a pull request. */
  lineRules: LineRules | null;
}

/** By the keys of this tenant.yaml: the base's for a pull request, main's own for the apply and the audit. */
export function createSigningContext(
  stack: string,
  { tenantId, signing }: Pick<Tenant, 'tenantId' | 'signing'>,
  from: Pick<SigningContext, 'verify' | 'places'> & Partial<Pick<SigningContext, 'read' | 'lineRules'>>,
): SigningContext {
  return { read: createVersionReader(), lineRules: null, ...from, stack, tenantId, signing: signing ?? null };
}

/** What a file that is to get to main is held against. */
export interface AccountPast extends SignedBefore {
  /** The file as main has it, and where; null: it has none. */
  onMain: FileOnMain | null;
  /** The last version that was signed and stood at `disable` or `delicense`: what this pipeline took; null: nothing. */
  lastTaken: AccountFile | null;
  /** The day on which the stage of `standing` began; empty: nothing stands, or nobody has asked for days. */
  since: Day;
  /** Where nothing stands, the stage of a file whose facts nobody has vouched for: from there an audit goes on. */
  unvouched: Stage | null;
  /** Why main's line does not allow the move of the version that it has, where nothing else is wrong with it; null: it does. */
  refusedMove: JudgedMove['problem'];
}

interface FileOnMain {
  path: string;
  text: string;
  /** null: it cannot be read. */
  file: AccountFile | null;
}

export const noPast: AccountPast = {
  standing: null,
  previous: null,
  onMain: null,
  lastTaken: null,
  signatures: new Map(),
  newestEvidence: null,
  factsBefore: null,
  since: '',
  unvouched: null,
  refusedMove: null,
};

/** `versions`: of this account, the oldest first; see `groupVersions`. */
export function readAccountPast(id: IdKey, versions: readonly FileVersion[], context: SigningContext): AccountPast {
  const since = findSincePlace(context);
  const files = new Map<string, FileOnMain>();
  let past = noPast;
  const groups = [...Map.groupBy(versions, (version) => version.at)];
  for (const [index, [at, changes]] of groups.entries()) {
    for (const { path, text } of changes) {
      const found = text === null ? null : findFile(id, { path, text }, context);
      if (found === null) files.delete(path);
      else files.set(path, found);
    }
    const nextAt = groups[index + 1]?.[0] ?? Number.POSITIVE_INFINITY;
    past = addVersion(past, { onMain: selectFile(files), at, nextAt, isFromBefore: at <= since }, context);
  }
  return past;
}

/** Of a file that follows on this past, by main's line; null: nobody has asked. */
export function judgeStep(
  { standing, unvouched, since }: AccountPast,
  { stage: to, evidence }: AccountFile,
  { at, nextAt, lineRules }: Pick<NextVersion, 'at' | 'nextAt'> & Pick<SigningContext, 'lineRules'>,
): JudgedMove | null {
  if (lineRules === null) return null;
  const { auditedOn, population = null } = evidence;
  const from = { stage: standing?.stage ?? unvouched, since: standing === null ? '' : since };
  return judgeMove(
    { from, to, population, auditedOn, at, before: lineRules.days.get(nextAt) ?? lineRules.today },
    lineRules,
  );
}

/** -1: signing has no beginning, or its commit is not on the line. */
export function findSincePlace({ signing, places }: SigningContext): number {
  return signing?.since === undefined ? -1 : (places.get(signing.since) ?? -1);
}

/** null: the text is about somebody else. */
function findFile(
  id: IdKey,
  { path, text }: { path: string; text: string },
  { read }: SigningContext,
): FileOnMain | null {
  const file = read(text);
  const isAbout = file === null ? text.toLowerCase().includes(id) : foldId(file.account.id) === id;
  return isAbout ? { path, text, file } : null;
}

/** The one in `accounts/`, before any in `archive/`. */
function selectFile(files: ReadonlyMap<string, FileOnMain>): FileOnMain | null {
  const found = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return found.find(({ path }) => path.includes('/accounts/')) ?? found[0] ?? null;
}

interface NextVersion {
  onMain: FileOnMain | null;
  /** Infinity: main does not have it yet. */
  at: number;
  /** The place of the version after it; Infinity: there is none. */
  nextAt: number;
  /** From before signing began: taken as it is. */
  isFromBefore: boolean;
}

function addVersion(
  past: AccountPast,
  { onMain, at, nextAt, isFromBefore }: NextVersion,
  context: SigningContext,
): AccountPast {
  const file = onMain?.file ?? null;
  // A file that cannot be read changes nothing in force; one that is gone ends the stay.
  if (file === null) {
    const stay = onMain === null ? { standing: null, since: '', unvouched: null } : {};
    return { ...past, ...stay, onMain, previous: null, refusedMove: null };
  }
  const { facts, problems } = judgeVersion(file, { ...past, signatures: forgetEarly(past), at }, context);
  const isVouched = isFromBefore || facts !== null;
  const mayStand = isFromBefore || (isVouched && problems.length === 0);
  const step = isFromBefore ? null : judgeStep(past, file, { at, nextAt, lineRules: context.lineRules });
  const isAccepted = mayStand && (step?.problem ?? null) === null;
  const standing = isAccepted ? file : holdBack(past.standing, file);
  const signature = facts?.line?.signature;
  return {
    standing,
    previous: file,
    onMain,
    lastTaken: standing !== null && isAccepted && isTakingStage(file.stage) ? file : past.lastTaken,
    signatures: signature === undefined ? past.signatures : addFirst(past.signatures, signature, at),
    newestEvidence: isVouched ? selectLater(past.newestEvidence, file.evidence.auditedOn) : past.newestEvidence,
    factsBefore: isFromBefore ? file : past.factsBefore,
    since: findStart(past, standing, { day: step?.since ?? context.lineRules?.days.get(at) ?? '', isFromBefore }),
    unvouched: isVouched ? past.unvouched : file.stage,
    refusedMove: mayStand ? (step?.problem ?? null) : null,
  };
}

/** What came too early was not held back: unless it is moved again, it stands once its day has come. */
function forgetEarly({ signatures, previous, refusedMove }: AccountPast): AccountPast['signatures'] {
  if (refusedMove?.code !== 'stage-too-early') return signatures;
  const line = parseSignedLine(previous?.signed);
  return new Map([...signatures].filter(([signature]) => signature !== line?.signature));
}

/**
 * The later of the day on which main got the stage and that of the audit that signed it: whoever pushes chooses the days of
 * commits.
 */
function findStart(
  past: AccountPast,
  standing: AccountFile | null,
  { day, isFromBefore }: { day: Day; isFromBefore: boolean },
): Day {
  if (standing === null) return '';
  if (past.standing?.stage === standing.stage) return past.since;
  return isFromBefore ? day : selectLater(day, standing.evidence.auditedOn);
}

/** People's word to hold back or give back counts, whatever the facts beside it say. */
export function holdBack(
  standing: AccountFile | null,
  { stage, reason }: Pick<AccountFile, 'stage' | 'reason'>,
): AccountFile | null {
  if (standing === null) return null;
  const isBack = getStageOrder(stage) < 0 || getStageOrder(stage) < getStageOrder(standing.stage);
  if (!isBack || stage === standing.stage) return standing;
  const { reason: _, ...facts } = standing;
  const desired = buildDesiredState(stage, standing.restore, standing.savings);
  return { ...facts, stage, desired, ...(reason === undefined ? {} : { reason }) };
}

function addFirst(known: ReadonlyMap<string, number>, signature: string, at: number): ReadonlyMap<string, number> {
  return known.has(signature) ? known : new Map([...known, [signature, at]]);
}

function selectLater(one: Day | null, other: Day): Day {
  return one !== null && one > other ? one : other;
}
