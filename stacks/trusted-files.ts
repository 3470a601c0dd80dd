// The stack's files as they stand: held against main's line before anything is declared, so that the engine never sees what
// nobody signed. Pure.
import { DormantError } from '../policy/errors.ts';
import type { Day } from '../policy/evidence.ts';
import { tryParseEscalations } from '../policy/files/escalations-file.ts';
import type { StackFiles } from '../policy/files/stack-files.ts';
import { buildDesiredState, getStageOrder, isTakingStage } from '../policy/files/stage.ts';
import { type JudgedGiveBack, judgeGiveBacks } from '../policy/give-back/judge-give-backs.ts';
import { overlayAccounts } from '../policy/give-back/overlay.ts';
import { foldId, type IdKey } from '../policy/identifiers.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import type { Signing } from '../policy/schemas/signing.ts';
import { createSigningContext, type SigningContext } from '../policy/signing/account-past.ts';
import { judgeFiles } from '../policy/signing/judge-files.ts';
import { isListSigned } from '../policy/signing/judge-list.ts';
import { type AppliedRecord, findTrustDay, listNewWitnesses, type NewWitness } from '../policy/signing/key-trust.ts';
import { listForbiddenKeyChanges, listKeys } from '../policy/signing/keys.ts';
import { witnessProposals } from '../policy/signing/line-days.ts';
import { buildLineRules } from '../policy/signing/line-rules.ts';
import type { FileVersion } from '../policy/signing/main-line.ts';
import { type RefusedFile, type StandingFile, selectStandingFiles } from '../policy/signing/stand-files.ts';
import {
  type AccountInputs,
  accountType,
  needsApply,
  toAccountInputs,
  unpackInputs,
  unpackOutputs,
} from './account/account-state.ts';
import type { MainBase } from './main-base.ts';
import { hrNoticeName } from './notice/hr-notice.ts';
import { hrNoticeType } from './notice/hr-notice-state.ts';
import type { StateResource } from './provider/resource.ts';
import { buildUrn, toResourceName } from './provider/resource-name.ts';
import { findAppliedRecord } from './signing-record-state.ts';

/** One account that the program declares. */
interface DeclaredAccount {
  urn: string;
  inputs: AccountInputs;
}

export interface TrustedStack {
  /** Accounts as they stand, with what give-back/ says over them, and the list of executives where it is signed. */
  files: StackFiles;
  /** What becomes of each file of give-back/. */
  giveBacks: readonly JudgedGiveBack[];
  declared: readonly DeclaredAccount[];
  refused: readonly RefusedFile[];
  /** URNs that are not declared and yet stay in the state: nothing of theirs may stand, which is no reason to forget them. */
  kept: ReadonlySet<string>;
  /** Ids of those whom the state knows and for whom nothing vouches now. */
  unvouched: ReadonlySet<IdKey>;
  /** Ids of those whose file is signed by a key that is too new, with the day from which it counts. */
  tooNew: ReadonlyMap<IdKey, Day>;
  newWitnesses: readonly NewWitness[];
  /** Why nothing at all is taken; null: no reason. */
  refusal: DormantError | null;
  /** Why HR is not written to, as a sentence; null: its list is signed, or there is none. */
  unsignedList: string | null;
  record: AppliedRecord | null;
  /** The day on which an apply first saw each proposal's commit that lies on main's line itself. */
  landed: Readonly<Record<string, Day>>;
}

interface TrustFilesInput {
  main: MainBase;
  /** null: it is not known, as for plain `pulumi`. */
  state: readonly StateResource[] | null;
  today: Day;
}

export function trustFiles(written: StackFiles, { main, state, today }: TrustFilesInput): TrustedStack {
  const record = findAppliedRecord(state ?? []);
  const { tenantId } = written.tenant.value;
  const landed = witnessProposals(main.commits, { memory: record, today });
  const lineRules = buildLineRules(main, today, landed);
  const context = createSigningContext(
    written.stack,
    { tenantId, ...(main.signing ? { signing: main.signing } : {}) },
    { ...main, lineRules },
  );
  const given = { files: written.giveBacks.files, accounts: written.accounts, policy: written.policy.value };
  const giveBacks = judgeGiveBacks({ ...main, ...given, days: lineRules.days, today }, context);
  const files = { ...written, accounts: overlayAccounts(written.accounts, giveBacks) };
  const known = new Map((state ?? []).filter(({ type }) => type === accountType).map((each) => [each.urn, each]));
  const findUrn = (path: string) => buildUrn(files.stack, accountType, toResourceName(path));
  const isApplied = (path: string, file: AccountFile) => isSettled(file, known.get(findUrn(path)));
  const { evidenceMaxAgeDays } = files.policy.value;
  // Of what is on main the guard asks how old its evidence is, when something is taken.
  const limit = main.applied === null ? { limit: { today, evidenceMaxAgeDays } } : {};
  const judged = judgeFiles({ files: files.accounts, versions: main.versions, isApplied, ...limit }, context);
  const { standing, refused } = setUntakenAside(selectStandingFiles(judged, context), isApplied);
  const givenBack = refused
    .filter(({ isReplaced }) => !isReplaced)
    .flatMap((each) => giveBackByState(each, known.get(findUrn(each.path))));
  const isListTrusted = files.escalations === null || isSignedList(files, main.lists, context);
  const byPath = new Map(files.accounts.map((each) => [each.path, each]));
  return {
    files: {
      ...files,
      escalations: isListTrusted ? files.escalations : null,
      accounts: standing.flatMap(({ path, value }) => {
        const parsed = byPath.get(path);
        return parsed === undefined ? [] : { ...parsed, value };
      }),
    },
    giveBacks,
    declared: [...standing.map((each) => declareStanding(each, findUrn(each.path), known)), ...givenBack],
    refused,
    kept: new Set([
      ...refused.map(({ path }) => findUrn(path)),
      ...(isListTrusted ? [] : [buildUrn(files.stack, hrNoticeType, hrNoticeName)]),
    ]),
    unvouched: findUnvouched(refused, (path) => known.get(findUrn(path))),
    tooNew: findTooNew(standing, main.signing, { record, today }),
    newWitnesses: main.signing === null ? [] : listNewWitnesses(main.signing, record, today),
    refusal: findTrustRefusal(main, record, files.tenant.value.signing ?? null),
    unsignedList: isListTrusted
      ? null
      : 'escalations.yaml is not signed as it stands, so HR gets no mail; the next audit writes it anew.',
    record,
    landed,
  };
}

/**
 * What somebody has changed since an audit signed it takes nothing that is not taken already, although what it was before may
 * stand: the next audit says whether it does. Too much of a stage alone leaves the stage before.
 */
function setUntakenAside(
  { standing, refused }: ReturnType<typeof selectStandingFiles>,
  isApplied: (path: string, file: AccountFile) => boolean,
): ReturnType<typeof selectStandingFiles> {
  const changed = new Set(refused.filter(isMoreThanMove).map(({ path }) => path));
  const isAside = ({ path, value }: StandingFile) =>
    changed.has(path) && isTakingStage(value.stage) && !isApplied(path, value);
  const aside = new Set(standing.filter(isAside).map(({ path }) => path));
  return {
    standing: standing.filter(({ path }) => !aside.has(path)),
    refused: refused.map((each) => (aside.has(each.path) ? { ...each, isReplaced: false } : each)),
  };
}

function isMoreThanMove({ problems }: RefusedFile): boolean {
  return problems.some(({ code }) => code !== 'stage-jump' && code !== 'stage-too-early');
}

/** Nothing is left to do for it, so that its moves need not be asked about: most files of a large stack. */
function isSettled(file: AccountFile, known: StateResource | undefined): boolean {
  return known?.outputs !== undefined && !needsApply(unpackOutputs(known.outputs), toAccountInputs(file));
}

/**
 * What an account that the state does not know has lost is said by main's history alone, and given back only where somebody
 * asks for that: whoever is under an old `keep` may have been disabled since, by people.
 */
function declareStanding(
  { value, lastTaken }: StandingFile,
  urn: string,
  known: ReadonlyMap<string, StateResource>,
): DeclaredAccount {
  const isAsked = value.stage === 'restore' && !known.has(urn);
  return { urn, inputs: toAccountInputs(value, isAsked ? lastTaken : null) };
}

/** Nothing on main vouches for the file, and people say to give back: what the state noted says how. */
function giveBackByState({ file: { stage } }: RefusedFile, known: StateResource | undefined): DeclaredAccount[] {
  if (known?.outputs === undefined) return [];
  const inputs = unpackInputs(known.inputs);
  const restore = unpackOutputs(known.outputs).restore ?? inputs.restore;
  if (getStageOrder(stage) >= getStageOrder(inputs.stage) && getStageOrder(stage) >= 0) return [];
  const desired = buildDesiredState(stage, restore, { monthly: 0, currency: 'USD', heldBack: [] });
  return [{ urn: known.urn, inputs: { ...inputs, restore, stage, desired } }];
}

/** By the state, because the id in the file is nobody's word. */
function findUnvouched(
  refused: readonly RefusedFile[],
  findKnown: (path: string) => StateResource | undefined,
): ReadonlySet<IdKey> {
  const known = refused.flatMap(({ path, isReplaced }) => (isReplaced ? [] : (findKnown(path) ?? [])));
  return new Set(known.map(({ inputs }) => foldId(unpackInputs(inputs).account.id)));
}

function isSignedList(
  { stack, escalations }: StackFiles,
  versions: readonly FileVersion[],
  context: SigningContext,
): boolean {
  if (escalations === null) return true;
  const read = (text: string) => tryParseEscalations(`stacks/${stack}/escalations.yaml`, text)?.value ?? null;
  return escalations.value.escalations.length === 0 || isListSigned(escalations.value, { versions, read }, context);
}

function findTooNew(
  standing: readonly StandingFile[],
  signing: Signing | null,
  seen: { record: AppliedRecord | null; today: Day },
): ReadonlyMap<IdKey, Day> {
  if (signing === null) return new Map();
  const days = standing.map(({ value, key }) => [foldId(value.account.id), findTrustDay(key, signing, seen)] as const);
  return new Map(days.filter(([, day]) => day > seen.today));
}

function findTrustRefusal(main: MainBase, record: AppliedRecord | null, now: Signing | null): DormantError | null {
  const [forbidden] = listForbiddenKeyChanges(record?.signing ?? null, now);
  if (forbidden !== undefined) {
    return new DormantError('keys-changed', `Nothing is taken: ${forbidden}.`, {
      where: 'tenant.yaml',
      remedy: 'Put it back as it was by a pull request. If nobody of you has changed it, ask who could.',
    });
  }
  if (main.signing === null || listKeys(main.signing).length === 0) {
    return new DormantError('no-facts-key', 'Nothing is taken: tenant.yaml has no key that vouches for the facts.', {
      where: 'tenant.yaml',
      remedy: 'Make one with `dormant key new`, and merge its public half.',
    });
  }
  return main.doubt;
}
