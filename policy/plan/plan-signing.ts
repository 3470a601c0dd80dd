// Signs what a plan writes, and tells what an audit has signed already. Pure: the key is handed in.
import { getStageOrder } from '../files/stage.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { Escalation } from '../schemas/escalations.ts';
import type { FurthestStage } from '../schemas/signing.ts';
import { noPast, type SigningContext } from '../signing/account-past.ts';
import { hasSameFacts } from '../signing/differences.ts';
import { findVouching } from '../signing/judge-version.ts';
import {
  buildSignedListText,
  type FactsSigner,
  formatSignedLine,
  parseSignedLine,
  signFile,
} from '../signing/signed-line.ts';
import type { DraftMove } from './draft-move.ts';
import { hasSignedFacts } from './vouched-files.ts';

export interface PlanSigning {
  /** null: this audit has no key, so it proposes nothing. */
  signer: FactsSigner | null;
  /** By the keys of main. */
  context: SigningContext;
  /** Every signature that main has ever had. */
  signaturesOnMain: ReadonlySet<string>;
}

/** The draft with the audit's line over its facts. What main has vouched for already keeps its line. */
export function signDraft(draft: DraftMove, signing: PlanSigning): DraftMove {
  const { file, inForce, to } = draft;
  if (to === null || to === 'archive') return draft;
  if (inForce !== null && hasSignedFacts(inForce) && hasSameFacts(file, inForce.file))
    return { ...draft, file: setLine(file, inForce.file.signed) };
  return { ...draft, file: signFacts(file, toFurthest(to), signing) };
}

/** Without a key the file has no line. */
export function signFacts(file: AccountFile, furthest: FurthestStage, { signer, context }: PlanSigning): AccountFile {
  return signer === null ? setLine(file, undefined) : signFile(file, furthest, context, signer);
}

/** The line over a whole list; undefined without a key. */
export function signList(escalations: readonly Escalation[], { signer, context }: PlanSigning): string | undefined {
  if (signer === null) return undefined;
  const { key, rules, sign } = signer;
  const signature = sign(buildSignedListText(escalations, context, { rules }));
  return formatSignedLine({ key, furthest: null, rules, signature });
}

/** How far the audit goes that proposes this. */
export function toFurthest(to: DraftMove['to']): FurthestStage {
  return to === null || to === 'archive' || to === 'keep' || to === 'restore' ? 'keep' : to;
}

/** Whether an audit has signed these facts, by a key that is good for what is new. */
export function isSigned(file: AccountFile, { context }: PlanSigning): boolean {
  return findVouching(file, { ...noPast, at: Number.POSITIVE_INFINITY }, context) !== null;
}

/** The same, with this furthest stage. */
export function isSignedFor(file: AccountFile, furthest: FurthestStage, signing: PlanSigning): boolean {
  const line = parseSignedLine(file.signed);
  return line?.furthest === furthest && isSigned(file, signing);
}

/** A move forward on a signature that main had before would be refused: what was held back waits for the next audit. */
export function isRefusedAsKnown({ file, inForce }: DraftMove, signing: PlanSigning): boolean {
  const isForward = getStageOrder(file.stage) > (inForce === null ? -1 : getStageOrder(inForce.file.stage));
  return isForward && isKnownSignature(file, signing);
}

export function isKnownSignature({ signed }: AccountFile, { signaturesOnMain }: PlanSigning): boolean {
  const line = parseSignedLine(signed);
  return line !== null && signaturesOnMain.has(line.signature);
}

function setLine({ signed: _, ...file }: AccountFile, signed: string | undefined): AccountFile {
  return signed === undefined ? file : { ...file, signed };
}
