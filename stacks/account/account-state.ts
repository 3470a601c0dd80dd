// One account as program and provider know it: all that the state keeps about it is in these inputs. Imports nothing of
// Pulumi's SDK, which would cost the provider a second at each start.
import type { Day } from '../../policy/evidence.ts';
import { hasRemovals } from '../../policy/files/removals.ts';
import { computeEffectiveDesired, isReleased, isTakingStage } from '../../policy/files/stage.ts';
import { findSilentSince } from '../../policy/guard/silent-since.ts';
import type { AccountFile, DesiredState, RecipientType, RestoreState } from '../../policy/schemas/account.ts';
import { type AccountChange, isSameState } from './account-change.ts';
import { type ApplyNote, resolveApplyNote } from './apply-note.ts';
import { buildUntakenState, noteRestore, resolveTaken } from './taken-state.ts';

/** What the engine compares and the provider acts on. Only what a write or its guard needs: each byte costs state. */
export interface AccountInputs {
  account: Pick<
    AccountFile['account'],
    'id' | 'userPrincipalName' | 'displayName' | 'department' | 'onPremisesSyncEnabled'
  >;
  stage: AccountFile['stage'];
  /** The effective goal: `keep` and `restore` give back what was taken. */
  desired: DesiredState;
  restore: RestoreState;
  /** What main's history says was taken, for an account that the state does not know; absent: nothing. */
  taken?: DesiredState;
  evidence: {
    auditedOn: string;
    signIn: string | null;
    /** The last activity of any kind; absent: none was ever seen. */
    silentSince?: Day;
    /** By whose days it was judged; absent: by the policy's own. */
    population?: string;
  };
  /** The block takes licences by itself, because dynamic groups give them; absent: none, or it is of no population. */
  losesWithBlock?: true;
  /** SKU part numbers that a mailbox needs because it turned back after its licences went; absent: none. */
  saved?: readonly string[];
  /** The day by which that mailbox loses its mail without them. Another day means that it happened again. */
  lostBy?: string;
  /** Gigabytes in its OneDrive; null: unknown; absent: it has none, it was released, or the state is older than this. */
  oneDrive?: number | null;
}

export interface AccountOutputs {
  /** What applies have reached so far. */
  reached: DesiredState;
  /** The goal of the last apply; where it differs from `reached`, `isSettled` says whether anything is left to do. */
  asked: DesiredState;
  /** false: refused, failed, waiting or killed; the next apply continues from `reached`. */
  isSettled: boolean;
  /** The audit that the last apply was reviewed with; absent: none, or the state is older than this field. */
  auditedOn?: string;
  /** Of the mailbox that the last apply saved; absent as above. */
  lostBy?: string;
  /** When an apply last blocked or allowed sign-in; absent: never, or the state is older than this field. */
  wroteAt?: string | null;
  /** The UTC day on which an apply last took something from it; absent: none did, or the state is older than this field. */
  tookOn?: Day;
  /** What it had before this pipeline took anything: only this is given back. null: nothing is taken; absent as above. */
  restore?: RestoreState | null;
  /** Of an older state, instead of `restore`. */
  mailboxBefore?: RecipientType;
  /** A run is changing it, or was killed while it did; absent: neither. */
  begun?: ApplyNote;
  /** Since when (ISO 8601) a killed run may have changed it; absent: what it did is known. */
  unsureSince?: string;
}

export const accountType = 'm365:index:Account';

/** `lastTaken`: of an account that gives back and that the state does not know, the version that says what was taken. */
export function toAccountInputs(file: AccountFile, lastTaken: AccountFile | null = null): AccountInputs {
  if (lastTaken !== null) return toGivingInputs(file, lastTaken);
  const saved = listSavedSkus(file);
  const { id, userPrincipalName, displayName, department, onPremisesSyncEnabled } = file.account;
  return {
    account: { id, userPrincipalName, displayName, department, onPremisesSyncEnabled },
    stage: file.stage,
    desired: computeEffectiveDesired(file),
    restore: file.restore,
    ...toEvidenceInputs(file),
    ...(saved.length === 0 ? {} : { saved, ...(file.mailbox ? { lostBy: file.mailbox.lostBy } : {}) }),
    ...(shouldIncludeOneDrive(file) ? { oneDrive: file.oneDrive?.gigabytes ?? null } : {}),
  };
}

function toEvidenceInputs({
  evidence,
  dynamicGroups = [],
}: AccountFile): Pick<AccountInputs, 'evidence' | 'losesWithBlock'> {
  const { auditedOn, lastActivity, population } = evidence;
  const { signIn } = lastActivity;
  return {
    evidence: {
      ...{ auditedOn, signIn },
      ...findSilentSince(evidence),
      ...(population === undefined ? {} : { population }),
    },
    ...(population === undefined || dynamicGroups.length === 0 ? {} : { losesWithBlock: true }),
  };
}

function toGivingInputs(file: AccountFile, lastTaken: AccountFile): AccountInputs {
  const { restore, savings } = lastTaken;
  return { ...toAccountInputs({ ...file, restore, savings }), taken: computeEffectiveDesired(lastTaken) };
}

function listSavedSkus({ stage, savings }: AccountFile): string[] {
  const saved = savings.heldBack.filter(({ reason }) => reason === 'mailbox-flipped-back');
  return stage === 'delicense' ? saved.map(({ skuPartNumber }) => skuPartNumber) : [];
}

function shouldIncludeOneDrive(file: AccountFile): boolean {
  return isTakingStage(file.stage) && file.oneDrive !== undefined && !isReleased(file);
}

/**
 * How the engine and its state hold the inputs: as one JSON text, because SDK, engine and provider pay for every value that
 * they pass on (decision 18). The engine shows changes inside of JSON text key by key.
 */
export interface PackedInputs {
  /** AccountInputs. */
  asks: string;
}

export interface PackedOutputs {
  /** AccountOutputs. */
  has: string;
}

export function packInputs(inputs: AccountInputs): PackedInputs {
  return { asks: JSON.stringify(inputs) };
}

/** Throws SyntaxError for text that is not JSON. The provider's check has validated the content. */
export function unpackInputs(props: unknown): AccountInputs {
  const { asks } = props as Partial<PackedInputs>;
  return asks === undefined ? (props as AccountInputs) : JSON.parse(asks);
}

export function packOutputs(outputs: AccountOutputs): PackedOutputs {
  return { has: JSON.stringify(outputs) };
}

/** A state from before decision 18 has them unpacked, as it has its inputs. */
export function unpackOutputs(props: unknown): AccountOutputs {
  const { has } = props as Partial<PackedOutputs>;
  return has === undefined ? (props as AccountOutputs) : JSON.parse(has);
}

/** As this version writes it; null: it is written so. What an older version did not note stays absent. */
export function migrateAccount(props: {
  inputs: unknown;
  outputs: unknown;
}): { inputs: PackedInputs; outputs: PackedOutputs } | null {
  const outputs = unpackOutputs(props.outputs);
  const isPacked = 'asks' in (props.inputs as object) && 'has' in (props.outputs as object);
  if (isPacked && outputs.restore !== undefined) return null;
  const inputs = unpackInputs(props.inputs);
  const { mailboxBefore: mailbox = inputs.restore.mailbox, ...known } = outputs;
  const now = known.restore === undefined ? noteRestore(known, { ...inputs.restore, mailbox }) : known;
  return { inputs: packInputs(inputs), outputs: packOutputs(now) };
}

/** Whether an apply has anything to do for an account that the state knows. */
export function needsApply(known: AccountOutputs, inputs: AccountInputs): boolean {
  const isOpen = !known.isSettled || known.begun !== undefined;
  return isOpen || !isSameState(known.asked, inputs.desired) || isReviewedAnew(known, inputs);
}

/**
 * A newer audit was merged although nothing else changed: it found that something done is undone, as with a mailbox that
 * turned back, or that a hold has ended. The same where a mailbox must be saved from what somebody else took.
 */
function isReviewedAnew(before: AccountOutputs, inputs: AccountInputs): boolean {
  const { stage, lostBy } = inputs;
  return isRenewed(before, inputs) || (isTakingStage(stage) && lostBy !== undefined && lostBy !== before.lostBy);
}

function isRenewed(before: AccountOutputs, { stage, evidence }: AccountInputs): boolean {
  return isTakingStage(stage) && before.auditedOn !== undefined && evidence.auditedOn > before.auditedOn;
}

/**
 * For the caps. What was refused or failed is tried again in this run, unless it only gives back; what a killed run has
 * done is for the tenant to show.
 */
function mayTakeAgain(before: AccountOutputs, inputs: AccountInputs): boolean {
  const { stage, desired } = inputs;
  const isTriedAgain = isTakingStage(stage) && !before.isSettled && !hasRemovals(desired, before.reached);
  return before.unsureSince === undefined && (isTriedAgain || isRenewed(before, inputs));
}

/** From what an earlier run reached to what the file asks for; from `buildInitialOutputs` if the state lacks it. */
export function buildAccountChange(inputs: AccountInputs, known: AccountOutputs | null): AccountChange {
  const { account, stage, desired, evidence, losesWithBlock = false, saved = [], oneDrive } = inputs;
  const { signIn, ...reviewed } = evidence;
  const before = resolveApplyNote(known ?? buildInitialOutputs(inputs));
  const { wroteAt = null } = before;
  const { restore, from, attempted } = resolveTaken(before, inputs);
  return {
    account: { ...account, jobTitle: null, manager: null },
    restore,
    evidence: { ...reviewed, lastActivity: { signIn } },
    losesWithBlock,
    from,
    to: stage === 'keep' || stage === 'restore' ? buildUntakenState(restore) : desired,
    oneDrive: oneDrive === undefined ? null : { gigabytes: oneDrive },
    attempted,
    mayTakeAgain: known !== null && mayTakeAgain(before, inputs),
    saved,
    isNew: known === null,
    wroteAt,
    unsureSince: before.unsureSince ?? null,
  };
}

/**
 * An account that is new to the state still has what it had before, until the tenant shows otherwise (`adoptAsFound`), or
 * main's history says what this pipeline took: a lost state never prevents giving back.
 */
export function buildInitialOutputs({ restore, taken }: AccountInputs): AccountOutputs {
  const reached = buildUntakenState(restore);
  return { reached, asked: taken ?? reached, isSettled: taken === undefined, restore: taken ? restore : null };
}
