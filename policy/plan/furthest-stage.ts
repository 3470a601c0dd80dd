// How far an account may go that no audit has planned: into the plan by a person's word, or nowhere. Pure.
import { isOutsider } from '../judge/guests.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import type { FurthestStage } from '../schemas/signing.ts';

/** `notify` for whom `dormant include` would take. */
export function findFurthestStage({ evidence, judgement }: JudgedAccount): FurthestStage {
  const { verdict, risks, exemption, action, scope } = judgement;
  const isAlone = risks.length > 0 || exemption !== null || isOutsider(evidence) || scope !== 'inside';
  return verdict === 'inactive' && action !== 'none' && !isAlone ? 'notify' : 'keep';
}
