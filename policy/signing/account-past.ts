// What main's history vouches for about one account: each version is held against those before it. Pure.
import type { Day } from '../evidence.ts';
import { buildDesiredState, getStageOrder, isTakingStage } from '../files/stage.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { Signing } from '../schemas/signing.ts';
import type { Tenant } from '../schemas/tenant.ts';
import { judgeVersion, type SignedBefore } from './judge-version.ts';
import { createVersionReader, type FileVersion, type ReadVersion } from './main-line.ts';
import type { SignedTenant, VerifySignature } from './signed-line.ts';

export interface SigningContext extends SignedTenant {
  /** null: tenant.yaml has no keys. */
  signing: Signing | null;
  verify: VerifySignature;
  read: ReadVersion;
  /** The place of each commit on main's first-parent line. */
  places: ReadonlyMap<string, number>;
}

/** By the keys of this tenant.yaml: the base's for a pull request, main's own for the apply and the audit. */
export function createSigningContext(
  stack: string,
  { tenantId, signing }: Pick<Tenant, 'tenantId' | 'signing'>,
  from: Pick<SigningContext, 'verify' | 'places'> & Partial<Pick<SigningContext, 'read'>>,
): SigningContext {
  return { read: createVersionReader(), ...from, stack, tenantId, signing: signing ?? null };
}

/** What a file that is to get to main is held against. */
export interface AccountPast extends SignedBefore {
  /** The file as main has it, and where; null: it has none. */
  onMain: FileOnMain | null;
  /** The last version that was signed and stood at `disable` or `delicense`: what this pipeline took; null: nothing. */
  lastTaken: AccountFile | null;
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
};

/** `versions`: of this account, the oldest first; see `groupVersions`. */
export function readAccountPast(id: IdKey, versions: readonly FileVersion[], context: SigningContext): AccountPast {
  const since = findSincePlace(context);
  const files = new Map<string, FileOnMain>();
  let past = noPast;
  for (const [at, changes] of Map.groupBy(versions, (version) => version.at)) {
    for (const { path, text } of changes) {
      const found = text === null ? null : findFile(id, { path, text }, context);
      if (found === null) files.delete(path);
      else files.set(path, found);
    }
    past = addVersion(past, { onMain: selectFile(files), at, isFromBefore: at <= since }, context);
  }
  return past;
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
  at: number;
  /** From before signing began: taken as it is. */
  isFromBefore: boolean;
}

function addVersion(
  past: AccountPast,
  { onMain, at, isFromBefore }: NextVersion,
  context: SigningContext,
): AccountPast {
  const file = onMain?.file ?? null;
  // A file that cannot be read changes nothing in force; one that is gone ends the stay.
  if (file === null) return { ...past, onMain, previous: null, standing: onMain === null ? null : past.standing };
  const { facts, problems } = judgeVersion(file, { ...past, at }, context);
  const isVouched = isFromBefore || facts !== null;
  const isAccepted = isFromBefore || (isVouched && problems.length === 0);
  const standing = isAccepted ? file : holdBack(past.standing, file);
  return {
    standing,
    previous: file,
    onMain,
    lastTaken: standing !== null && isAccepted && isTakingStage(file.stage) ? file : past.lastTaken,
    signatures: facts?.line ? addFirst(past.signatures, facts.line.signature, at) : past.signatures,
    newestEvidence: isVouched ? selectLater(past.newestEvidence, file.evidence.auditedOn) : past.newestEvidence,
    factsBefore: isFromBefore ? file : past.factsBefore,
  };
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
