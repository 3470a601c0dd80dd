// m365:index:SigningRecord as the engine sees it: noted at the beginning and the end of an apply, without a request to the tenant.
import { type AppliedRecord, updateAppliedRecord } from '../../policy/signing/key-trust.ts';
import { listForbiddenKeyChanges } from '../../policy/signing/keys.ts';
import {
  beginRecord,
  isBeginDue,
  isRecordDue,
  type PackedNotes,
  packNotes,
  type SeenSigning,
  signingRecordName,
  unpackRecord,
  unpackSeen,
} from '../signing-record-state.ts';
import type { Resource } from './resource.ts';
import type { Session } from './session.ts';

export const signingRecordResource: Resource = {
  // From the run that has judged the files.
  check: () => [],
  diff(olds, news) {
    const [before, seen] = [unpackRecord(olds), unpackSeen(news)];
    return isBeginDue(before, seen) || isRecordDue(before, seen);
  },
  async begin(olds, news) {
    const before = olds === null ? null : unpackRecord(olds);
    return { id: signingRecordName, outs: packNotes(beginRecord(before, unpackSeen(news))) };
  },
  async create(_urn, news, open) {
    return { id: signingRecordName, outs: packNotes(await noteRun(null, unpackSeen(news), open)) };
  },
  async read(olds) {
    return { props: olds as PackedNotes };
  },
  // Plain `pulumi` has not asked the state whether these keys may be.
  async update(_urn, olds, news, open) {
    const [before, seen] = [unpackRecord(olds), unpackSeen(news)];
    const [forbidden] = listForbiddenKeyChanges(before.signing, seen.signing);
    if (forbidden !== undefined) throw new Error(forbidden);
    return { outs: packNotes(await noteRun(before, seen, open)) };
  },
};

/** What a stop holds back has not been gone through. */
async function noteRun(
  before: AppliedRecord | null,
  { mayBeStopped, ...seen }: SeenSigning,
  open: () => Promise<Session>,
): Promise<AppliedRecord> {
  const isStopped = mayBeStopped === true && (await (await open()).context.findStop()) !== null;
  return isStopped ? beginRecord(before, seen) : endRecord(before, seen);
}

function endRecord(before: AppliedRecord | null, { signing, today, ...seen }: SeenSigning): AppliedRecord {
  if (signing === null) throw new TypeError('a run without keys is not noted as gone through');
  return updateAppliedRecord(before, { ...seen, signing }, today);
}
