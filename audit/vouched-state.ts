// What an audit starts from, as it counts: main's files held against their signatures, and against the apply's state.
import { readMainLine } from '../forge/git/main-line.ts';
import type { Day } from '../policy/evidence.ts';
import { getEscalationsPath, parseEscalations, tryParseEscalations } from '../policy/files/escalations-file.ts';
import { parseGiveBacks } from '../policy/files/give-back-file.ts';
import { listConvertedMailboxes } from '../policy/files/stage.ts';
import { describeIdleGiveBacks } from '../policy/give-back/describe.ts';
import { judgeGiveBacks } from '../policy/give-back/judge-give-backs.ts';
import { foldId } from '../policy/identifiers.ts';
import type { ArchivedFile, EscalationsOnMain, InForceFile } from '../policy/plan/input.ts';
import { overlayInForce } from '../policy/plan/overlay-in-force.ts';
import type { PlanSigning } from '../policy/plan/plan-signing.ts';
import type { SetBack } from '../policy/plan/set-back.ts';
import { selectOwnMailboxes, vouchForArchive, vouchForFiles } from '../policy/plan/vouched-files.ts';
import type { Policy } from '../policy/schemas/policy.ts';
import type { Tenant } from '../policy/schemas/tenant.ts';
import { createSigningContext, type SigningContext } from '../policy/signing/account-past.ts';
import { isListSigned } from '../policy/signing/judge-list.ts';
import type { FileVersion } from '../policy/signing/main-line.ts';
import type { NotedState } from '../policy/signing/noted-state.ts';
import type { FactsSigner, VerifySignature } from '../policy/signing/signed-line.ts';
import type { RepositoryState } from './read-state.ts';
import { readSetBack } from './set-back.ts';

export interface SigningOptions {
  /** null: this audit has no key, so it proposes nothing. */
  signer: FactsSigner | null;
  verify: VerifySignature;
  /** What the apply's state knows; null: it cannot be read. Asked only if main's history does not say enough. */
  readNoted(): Promise<NotedState | null>;
}

interface VouchOptions extends SigningOptions {
  repository: string;
  stack: string;
  tenant: Pick<Tenant, 'tenantId' | 'signing'>;
  policy: Pick<Policy, 'restore'>;
  /** What people took back on main before it counts no longer. */
  setBackSince: Day;
}

/** The state of the repository with what an audit has signed in the place of what none has. */
export interface VouchedState extends Omit<RepositoryState, 'archived' | 'escalationsFile'> {
  archived: ArchivedFile[];
  escalationsFile: EscalationsOnMain | null;
  signing: PlanSigning;
  setBack: SetBack[];
  /** Paths of files of give-back/ that have no effect. */
  idleGiveBacks: string[];
  /** Why files of give-back/ give nothing back today, as sentences. */
  giveBackNotes: string[];
}

/** Without a key nothing is signed, so nothing is held against main either: the lists show what the files say. */
export async function vouchForState(
  state: RepositoryState,
  { repository, stack, tenant, policy, setBackSince, ...options }: VouchOptions,
): Promise<VouchedState> {
  const { signer, verify } = options;
  const { ref } = state;
  const { versions: lists } = await readMainLine(repository, ref, [getEscalationsPath(stack)]);
  const { versions, places } = state.line;
  const context = createSigningContext(stack, tenant, { verify, places, read: state.read, lineRules: state.lineRules });
  const dated = { ...state.line, days: state.lineRules.days };
  const setBack = await readSetBack(repository, { line: dated, read: state.read, since: setBackSince });
  const signing: PlanSigning = { signer, context, signaturesOnMain: collectSignatures([...versions, ...lists]) };
  if (signer === null) {
    const converted = listConvertedMailboxes([...state.inForce, ...state.archived].map(({ file }) => file));
    const ownMailboxes = new Set([...state.ownMailboxes, ...converted]);
    return { ...state, ...giveBack(state, policy, context), ownMailboxes, signing, setBack };
  }
  const { line } = state;
  const inForce = await consultState(vouchForFiles(state.inForce, line, context), options);
  const archived = vouchForArchive(state.archived, line, context);
  return {
    ...state,
    ...giveBack({ ...state, inForce }, policy, context),
    archived,
    ownMailboxes: selectOwnMailboxes(state.ownMailboxes, [...inForce, ...archived], { line, context }),
    escalationsFile: vouchForList(state.escalationsFile, lists, signing),
    signing,
    setBack,
  };
}

/** What give-back/ says over the files in force. */
function giveBack(
  { inForce, giveBackTexts, giveBackVersions, line, lineRules: { days, today } }: RepositoryState,
  policy: VouchOptions['policy'],
  context: SigningContext,
): Pick<VouchedState, 'inForce' | 'idleGiveBacks' | 'giveBackNotes'> {
  const { files, problems } = parseGiveBacks(giveBackTexts);
  const accounts = inForce.map(({ path, text, file: value }) => ({ path, text, value }));
  const rest = { versions: line.versions, giveBacks: giveBackVersions, days, policy, today };
  const judged = judgeGiveBacks({ ...rest, files, accounts }, context);
  return {
    inForce: overlayInForce(inForce, judged, today),
    idleGiveBacks: judged.flatMap(({ file, effect }) => (effect.kind === 'none' ? file.path : [])),
    giveBackNotes: describeIdleGiveBacks(judged, { problems }),
  };
}

/** Once, and only if somebody's file has nothing that ever stood. */
async function consultState(
  files: readonly InForceFile[],
  { readNoted }: Pick<SigningOptions, 'readNoted'>,
): Promise<InForceFile[]> {
  const noted = files.some(({ unsigned }) => unsigned?.basis === 'unknown') ? await readNoted() : null;
  if (noted === null) return [...files];
  return files.map((tracked) => {
    const { unsigned, file } = tracked;
    if (unsigned?.basis !== 'unknown') return tracked;
    return {
      ...tracked,
      unsigned: { ...unsigned, basis: noted.accounts.get(foldId(file.account.id)) ?? 'nothing-taken' },
    };
  });
}

function vouchForList(
  file: { text: string } | null,
  versions: readonly FileVersion[],
  { context }: PlanSigning,
): EscalationsOnMain | null {
  if (file === null) return null;
  const path = getEscalationsPath(context.stack);
  const read = (text: string) => tryParseEscalations(path, text)?.value ?? null;
  const { value } = parseEscalations(path, file.text);
  return { ...file, isUnsigned: !isListSigned(value, { versions, read }, context) };
}

function collectSignatures(versions: readonly FileVersion[]): Set<string> {
  const lines = versions.flatMap(({ text }) => [...(text ?? '').matchAll(/\.[0-9a-f]{32}\.([A-Za-z0-9_-]{86})/g)]);
  return new Set(lines.map(([, signature = '']) => signature));
}
