// Whose files in archive/ go for good: those that have been there long enough, of people to whom nothing is owed. Pure.
import { findErasureObstacle, type TenantSight } from '../erasure/find-obstacle.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import { findExemption } from '../judge/exemption.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import { type ErasableAccount, mapById, type PlanInput } from './input.ts';
import type { Erasure, ErasurePlan } from './move.ts';

export const nothingErased: ErasurePlan = { erased: [], kept: [] };

/** Without accounts that the plan does something with: their files in archive/ are its own. `files`: what it writes so far. */
export function planErasures(input: PlanInput, files: ReadonlyMap<string, string | null>): ErasurePlan {
  const { erasable = [], inForce } = input;
  if (erasable.length === 0) return nothingErased;
  const inUse = new Set(inForce.map(({ file }) => foldId(file.account.id)));
  const judged = mapById(input.judged);
  const erased: Erasure[] = [];
  const kept: ErasurePlan['kept'][number][] = [];
  for (const account of erasable) {
    if (inUse.has(account.id) || account.files.some(({ path }) => files.has(path))) continue;
    const erasure = toErasure(account);
    if (erasure === null) continue;
    const because = findReasonToKeep(account, judged, input);
    if (because === null) erased.push(erasure);
    else kept.push({ ...erasure, because });
  }
  return { erased, kept };
}

function toErasure({ files, since }: ErasableAccount): Erasure | null {
  const latest = files.toSorted((a, b) => (a.file.evidence.auditedOn < b.file.evidence.auditedOn ? 1 : -1))[0];
  return latest === undefined ? null : { paths: files.map(({ path }) => path), file: latest.file, since };
}

/** People's word first: an exemption keeps a file, too, and so does a reviewer who puts it back into the proposal. */
function findReasonToKeep(
  account: ErasableAccount,
  judged: ReadonlyMap<IdKey, JudgedAccount>,
  input: PlanInput,
): string | null {
  const { rules, run, proposed, declined } = input;
  const today = run.auditedOn;
  const exemption = account.files
    .map(({ file }) => findExemption(file.account, rules, today))
    .find((found) => found !== null);
  if (exemption) return `exempt until ${exemption.until}: ${exemption.reason} (${exemption.owner})`;
  const paths = new Set(account.files.map(({ path }) => path));
  if (proposed.some(({ path, text, touchedByPerson }) => paths.has(path) && touchedByPerson && text !== null))
    return 'a reviewer put it back in this proposal';
  const closed = declined.find(({ accountId, until }) => foldId(accountId) === account.id && today < until);
  if (closed !== undefined) return `its pull request was closed, so it is not proposed again before ${closed.until}`;
  return findErasureObstacle({ ...account, tenant: findSight(account, judged, input), today })?.because ?? null;
}

/** Whom this audit neither saw nor looked for is in doubt. */
function findSight(
  { id }: ErasableAccount,
  judged: ReadonlyMap<IdKey, JudgedAccount>,
  { absent }: PlanInput,
): TenantSight {
  const found = judged.get(id);
  if (found !== undefined) return { kind: 'listed', evidence: found.evidence };
  return absent.get(id) ?? { kind: 'unknown' };
}
