// Which manager is notified of whom: account files as one notice per manager and wave. Pure but for the hash.
import { createHash } from 'node:crypto';
import { addDays, type Day } from '../../policy/evidence.ts';
import { type ForeseenChange, listForeseenChanges } from '../../policy/files/merge-effect.ts';
import { foldId, foldText, type IdKey, type UserPrincipalName } from '../../policy/identifiers.ts';
import { oneDriveDays } from '../../policy/licenses/microsoft-clocks.ts';
import { findOneDriveOutcome, type OneDriveOutcome } from '../../policy/licenses/one-drive-outcome.ts';
import type { AccountFile, OneDriveFacts, PinnedEvidence, Stage } from '../../policy/schemas/account.ts';
import type { GivenBackFacts } from './give-back-notice.ts';

/** The two stages that managers are notified of. */
type NoticeStage = 'notify' | 'review';

export interface NoticePerson {
  id: IdKey;
  displayName: string;
  userPrincipalName: UserPrincipalName;
  department: string | null;
  inactiveDays: number | null;
  lastActivity: PinnedEvidence['lastActivity'];
  /** What later stages take from this account: not sign-in if it is disabled already. */
  ahead: readonly ForeseenChange[];
  /** Absent: none. */
  oneDrive?: NoticeOneDrive;
  /** The account file, relative to the repository's root. */
  path: string;
  /**
   * The UTC day on which its stage began, later by as many days as did not count since; absent without a history: then it
   * begins with the notice.
   */
  since?: Day;
  /** In a notice of `give-back`. */
  givenBack?: GivenBackFacts;
}

interface NoticeOneDrive extends Pick<OneDriveFacts, 'gigabytes' | 'files' | 'lastUse'> {
  outcome: OneDriveOutcome;
  /** The first day on which it may lose its licence, counted from the wave's audit; absent: none. */
  unlicensedOn?: Day;
}

export function isNoticeStage(stage: Stage): stage is NoticeStage {
  return stage === 'notify' || stage === 'review';
}

/** One mail for those whose days are the same: the program declares it and the provider sends it. Its dates are set when it is sent. */
export interface ManagerNotice {
  /** `give-back`: by a file of give-back/ they can sign in again. */
  stage: NoticeStage | 'give-back';
  /** The audit that brought these people into the stage, or the day on which somebody asked. */
  wave: Day;
  /** As reviewed; null: the accounts have no manager, or one without a mail address. */
  manager: { displayName: string; mail: string } | null;
  /** By whose days its people were judged, and so when what happens; absent: by the policy's own. */
  population?: string;
  /** By userPrincipalName. */
  people: readonly NoticePerson[];
}

/** Of people in a stage. */
export type StageNotice = ManagerNotice & { stage: NoticeStage };

/** The same files give the same notices on any day: nothing in them changes during a stage. */
export function groupManagerNotices(
  accounts: readonly { path: string; file: AccountFile }[],
  since: ReadonlyMap<string, Day> = new Map(),
): StageNotice[] {
  const files = accounts.flatMap(({ path, file }) => {
    const { stage } = file;
    return isNoticeStage(stage) ? [{ path, file, stage, since: since.get(path) }] : [];
  });
  const groups = Map.groupBy(files, ({ file, stage }) =>
    JSON.stringify([stage, file.evidence.auditedOn, foldMail(findManager(file)), file.evidence.population]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { stage, file } = first;
    const people = group.map(toNoticePerson).sort((a, b) => (a.userPrincipalName < b.userPrincipalName ? -1 : 1));
    const { auditedOn: wave, population } = file.evidence;
    return [{ stage, wave, manager: findManager(file), ...(population === undefined ? {} : { population }), people }];
  });
}

/** A stable name such as `notify-2026-12-07-1f0c9a…`: for Pulumi, the journal and the mail's header. */
export function buildNoticeName({
  stage,
  wave,
  manager,
  population,
}: Pick<ManagerNotice, 'stage' | 'wave' | 'manager' | 'population'>): string {
  const hash = createHash('sha256').update(foldMail(manager));
  if (population !== undefined) hash.update(`\n${population}`);
  return `${stage}-${wave}-${hash.digest('hex').slice(0, 16)}`;
}

export function foldMail(manager: ManagerNotice['manager']): string {
  return foldText(manager?.mail ?? '');
}

interface NoticeFile {
  path: string;
  file: AccountFile;
  since: Day | undefined;
}

export function findManager({ account: { manager } }: AccountFile): ManagerNotice['manager'] {
  return manager?.mail ? { displayName: manager.displayName, mail: manager.mail } : null;
}

function toNoticePerson({ path, file, since }: NoticeFile): NoticePerson {
  const { id, displayName, userPrincipalName, department } = file.account;
  const { inactiveDays, lastActivity } = file.evidence;
  const oneDrive = findNoticeOneDrive(file);
  return {
    ...{ id: foldId(id), displayName, userPrincipalName, department, inactiveDays, lastActivity },
    ahead: listForeseenChanges(file),
    ...(oneDrive === null ? {} : { oneDrive }),
    path,
    ...(since === undefined ? {} : { since }),
  };
}

function findNoticeOneDrive(file: AccountFile): NoticeOneDrive | null {
  const outcome = findOneDriveOutcome(file);
  if (file.oneDrive === undefined || outcome === null) return null;
  const { gigabytes, files, lastUse, byDefault } = file.oneDrive;
  const day = byDefault === undefined ? {} : { unlicensedOn: addDays(byDefault.readOnlyFrom, -oneDriveDays.readOnly) };
  return { gigabytes, files, lastUse, outcome, ...day };
}
