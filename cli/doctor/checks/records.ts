// Where records are kept: whether the store answers, whether anybody could change what is there, and whether people can be erased
// from it in time. It only reads: what it wrote to try could not be taken away again.
import { openRecordStore } from '../../../forge/store/open-record-store.ts';
import type { Immutability, RecordStore } from '../../../forge/store/record-store.ts';
import { DormantError } from '../../../policy/errors.ts';
import type { Day } from '../../../policy/evidence.ts';
import { type RecordKey, recordKinds } from '../../../policy/schemas/records.ts';
import { formatList } from '../../../policy/words/labels.ts';
import { locatePage } from '../../../policy/words/locate-page.ts';
import { buildRecordKeyCommand } from '../../keys/key-command.ts';
import { type Check, type Finding, fail, pass, skip, warn } from '../check.ts';

export const records: Check = {
  name: 'records',
  needs: null,
  async run({ root, env, files, today }) {
    const tenant = files.tenant.value;
    if (tenant.records === undefined) return skip('tenant.yaml names no store: they are kept as long as artifacts are');
    const end = judgeEnd(files.policy.value.privacy?.eraseAfterDays);
    const keys = { ...judgeKeys(files.stack, tenant.records.keys ?? [], today), about: 'keys' };
    try {
      const store = await openRecordStore(tenant.records.store, { root, cloud: tenant.cloud, env });
      const count = await countFirst(store);
      const reached = pass(`${store.place} answers, and ${count === 0 ? 'is empty' : 'can be read'}`);
      const isFolder = 'folder' in tenant.records.store;
      const held = judgeImmutability(isFolder ? 'folder' : await store.readImmutability(), end.days);
      return [
        { ...reached, about: 'store' },
        { ...held, about: 'immutability' },
        { ...end.finding, about: 'end' },
        keys,
      ];
    } catch (error) {
      if (!(error instanceof DormantError)) throw error;
      return [{ ...fail(error.message, error.remedy), about: 'store' }, { ...end.finding, about: 'end' }, keys];
    }
  },
};

async function countFirst(store: RecordStore): Promise<number> {
  for await (const _ of store.list('')) return 1;
  return 0;
}

function judgeEnd(days: number | undefined): { days: number | undefined; finding: Finding } {
  const finding =
    days === undefined
      ? warn(
          'policy.yaml has no privacy.eraseAfterDays: records name people without end',
          'agree on a number of days with your data protection officer, and set it in policy/policy.yaml',
        )
      : pass(`people are erased from records ${days} days after nothing is taken from them any more`);
  return { days, finding };
}

/** A key is only listed here; that its private half is in the environment shows when a run signs. */
export function judgeKeys(stack: string, keys: readonly RecordKey[], today: Day): Finding {
  const without = recordKinds.filter(
    (kind) => !keys.some((key) => key.signs === kind && (key.until ?? today) >= today),
  );
  const [first] = without;
  if (first === undefined) return pass('each kind of record has a key that signs it');
  return warn(
    `no key signs records of ${formatList(without)}: nobody can see by whom they were added`,
    buildRecordKeyCommand(stack, first),
  );
}

/** `folder`: no store that could hold anything. `eraseAfterDays` undefined: nobody is erased. */
export function judgeImmutability(found: Immutability | 'folder', eraseAfterDays: number | undefined): Finding {
  if (found === 'folder') {
    return warn(
      'in a folder whoever may write there can change and delete records; their signatures and chain tell, and prevent nothing',
      `let few write there, or keep records in a container or a bucket (${locatePage('guides/records.md')})`,
    );
  }
  if (found.kind === 'none') {
    return warn(
      'nothing there is immutable: whoever has the right to can change and delete records',
      `give it a retention (${locatePage('guides/records.md')} has the commands)`,
    );
  }
  if (found.kind === 'unknown') {
    return warn(
      `it is not known for how many days records are immutable: ${found.because}`,
      `see that it is no longer than privacy.eraseAfterDays (${eraseAfterDays ?? 'not set'})`,
    );
  }
  return judgeDays(found, eraseAfterDays);
}

function judgeDays(found: Immutability & { kind: 'days' }, eraseAfterDays: number | undefined): Finding {
  const { days, mode } = found;
  const held = `records are immutable for ${days} days (${mode}${mayBeLifted.has(mode) ? ', which some may lift' : ''})`;
  if (eraseAfterDays === undefined || days <= eraseAfterDays) return pass(held);
  return fail(
    `${held}, and people are to be erased after ${eraseAfterDays}: nobody could be erased in time`,
    `set the retention to at most ${eraseAfterDays} days (it counts for what is written from then on), or raise privacy.eraseAfterDays`,
  );
}

/** S3's by who has s3:BypassGovernanceRetention, Azure's by who manages the account. */
const mayBeLifted = new Set(['GOVERNANCE', 'Unlocked']);
