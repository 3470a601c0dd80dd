// Which licences an account keeps and why: what the apply found, what its file holds back, what a reviewer kept.
import { findKeptReason } from '../../policy/files/stage.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { stayWords } from '../../policy/words/apply-words.ts';
import type { AccountOutcome } from '../run-stack.ts';
import type { StayingLicense } from '../tenant/outcome.ts';

/** Each licence once; what was found in the tenant comes before the file. `file` null: nothing is known of it. */
export function listKeptLicenses({ inputs, report }: AccountOutcome, file: AccountFile | null): StayingLicense[] {
  const kept = inputs.desired.licenses.map((skuPartNumber): StayingLicense => {
    const reason = file === null ? 'kept-by-reviewer' : findKeptReason(file, skuPartNumber);
    return { skuPartNumber, reason, because: describeReason(reason, file) };
  });
  const stays = new Map([...kept, ...report.heldBack].map((stay) => [stay.skuPartNumber, stay]));
  return [...stays.values()];
}

function describeReason(reason: StayingLicense['reason'], file: AccountFile | null): string {
  const gigabytes = reason === 'onedrive-files' ? file?.oneDrive?.gigabytes : null;
  const size = typeof gigabytes === 'number' ? ` (${gigabytes} GB)` : '';
  return `${stayWords[reason]}${size}`;
}
