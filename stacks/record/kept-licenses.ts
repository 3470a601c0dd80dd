// Which licences an account keeps and why: what the apply found, what its file holds back, what a reviewer kept.
import { listGivenSkus } from '../../policy/files/memberships.ts';
import { findKeptReason } from '../../policy/files/stage.ts';
import { type AccountFile, groupReasons } from '../../policy/schemas/account.ts';
import { stayWords } from '../../policy/words/apply-words.ts';
import { formatGroupNames } from '../../policy/words/describe-group.ts';
import type { AccountOutcome } from '../run-stack.ts';
import type { StayingLicense } from '../tenant/outcome.ts';

/** Each licence once; what was found in the tenant comes before the file. `file` null: nothing is known of it. */
export function listKeptLicenses({ inputs, report }: AccountOutcome, file: AccountFile | null): StayingLicense[] {
  const kept = inputs.desired.licenses.map((skuPartNumber): StayingLicense => {
    const reason = file === null ? 'kept-by-reviewer' : findKeptReason(file, skuPartNumber);
    return { skuPartNumber, reason, because: describeReason({ skuPartNumber, reason }, file) };
  });
  const stays = new Map(kept.map((stay) => [stay.skuPartNumber, stay]));
  for (const stay of report.heldBack) {
    const known = stays.get(stay.skuPartNumber);
    // The file says what stands against leaving the group; the apply, which leaves it alone, only that it is a group's.
    const isKnown =
      (stay.reason === 'inherited-from-group' && groupReasons.some((reason) => reason === known?.reason)) ||
      (stay.reason === 'group-license-stays' && known !== undefined);
    if (!isKnown) stays.set(stay.skuPartNumber, stay);
  }
  return [...stays.values()];
}

function describeReason(
  { skuPartNumber, reason }: Pick<StayingLicense, 'skuPartNumber' | 'reason'>,
  file: AccountFile | null,
): string {
  if (file !== null && groupReasons.some((group) => group === reason)) {
    const groups =
      file.restore.groups?.filter(({ id }) => listGivenSkus(file.restore, id).includes(skuPartNumber)) ?? [];
    const names = groups.map(({ displayName }) => displayName);
    return names.length === 0 ? stayWords[reason] : `comes from ${formatGroupNames(names)}: ${stayWords[reason]}`;
  }
  const gigabytes = reason === 'onedrive-files' ? file?.oneDrive?.gigabytes : null;
  const size = typeof gigabytes === 'number' ? ` (${gigabytes} GB)` : '';
  return `${stayWords[reason]}${size}`;
}
