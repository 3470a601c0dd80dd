// The signed facts of everybody whom an audit lists, so that `dormant include` copies them and needs no key.
import { foldId, type IdKey } from '../policy/identifiers.ts';
import type { JudgedAccount } from '../policy/judge/judgement.ts';
import { buildNewAccountFile } from '../policy/plan/build-account-file.ts';
import { findFurthestStage } from '../policy/plan/furthest-stage.ts';
import type { PlanInput } from '../policy/plan/input.ts';
import type { Plan } from '../policy/plan/move.ts';
import { signFacts } from '../policy/plan/plan-signing.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import { type Facts, selectFacts } from '../policy/signing/signed-line.ts';

export interface ListedFacts {
  facts: Facts;
  /** Absent: this audit had no key, or what main has of the account is signed by none. */
  signed?: string;
  /** Somebody set its file back on main: what `dormant include` leaves as it is, so that the next audit takes it on. */
  goesOnFrom?: Pick<AccountFile, 'stage' | 'desired'>;
}

export type ListFacts = (judged: JudgedAccount) => ListedFacts;

/** Who has a file has its facts; the others today's, as far as a person may take them. */
export function createFactsLister(
  plan: Plan,
  input: Pick<PlanInput, 'rules' | 'run' | 'signing' | 'inForce'>,
): ListFacts {
  const { rules, run, signing } = input;
  const files = new Map<IdKey, AccountFile>();
  const setBack = new Map<IdKey, AccountFile>();
  for (const { file, withoutSetBack } of plan.held) {
    files.set(foldId(file.account.id), withoutSetBack ?? file);
    if (withoutSetBack !== undefined) setBack.set(foldId(file.account.id), withoutSetBack);
  }
  for (const { file, to } of plan.moves) if (to !== null) files.set(foldId(file.account.id), file);
  const unsigned = new Set(
    input.inForce.flatMap(({ unsigned, file }) => (unsigned?.basis === 'unknown' ? foldId(file.account.id) : [])),
  );
  return (judged) => {
    const id = foldId(judged.evidence.id);
    const today = buildNewAccountFile(judged, rules, run);
    if (unsigned.has(id)) return { facts: selectFacts(today) };
    const back = setBack.get(id);
    const file = files.get(id) ?? signFacts(today, findFurthestStage(judged), signing);
    return {
      facts: selectFacts(file),
      ...(file.signed === undefined ? {} : { signed: file.signed }),
      ...(back === undefined ? {} : { goesOnFrom: { stage: back.stage, desired: back.desired } }),
    };
  };
}
