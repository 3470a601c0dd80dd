// m365:index:SigningRecord as the engine sees it: noted at the end of an apply, without a request to the tenant.
import { updateAppliedRecord } from '../../policy/signing/key-trust.ts';
import { listForbiddenKeyChanges } from '../../policy/signing/keys.ts';
import {
  isRecordDue,
  type PackedNotes,
  packNotes,
  signingRecordName,
  unpackRecord,
  unpackSeen,
} from '../signing-record-state.ts';
import type { Resource } from './resource.ts';

export const signingRecordResource: Resource = {
  // From the run that has judged the files.
  check: () => [],
  diff: (olds, news) => isRecordDue(unpackRecord(olds), unpackSeen(news)),
  async create(_urn, news) {
    const seen = unpackSeen(news);
    return { id: signingRecordName, outs: packNotes(updateAppliedRecord(null, seen, seen.today)) };
  },
  async read(olds) {
    return { props: olds as PackedNotes };
  },
  // Plain `pulumi` has not asked the state whether these keys may be.
  async update(_urn, olds, news) {
    const [before, seen] = [unpackRecord(olds), unpackSeen(news)];
    const [forbidden] = listForbiddenKeyChanges(before.signing, seen.signing);
    if (forbidden !== undefined) throw new Error(forbidden);
    return { outs: packNotes(updateAppliedRecord(before, seen, seen.today)) };
  },
};
