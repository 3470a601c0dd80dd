// One account of an audit without its names: evidence, file, reasons. Pure.
import type { Evidence, Manager } from '../policy/evidence.ts';
import { foldText, type UserId } from '../policy/identifiers.ts';
import type { JudgedAccount } from '../policy/judge/judgement.ts';
import type { Move, UnmovedAccount } from '../policy/plan/move.ts';
import type { AccountFile, AccountIdentity } from '../policy/schemas/account.ts';
import type { Escalation } from '../policy/schemas/escalations.ts';
import type { HideNames, KnownPerson } from '../policy/words/hide-names.ts';
import { formatShownName, type HidingStyle, toShownPerson, unnamedManager } from '../policy/words/show-name.ts';

export interface HiddenNames {
  style: HidingStyle;
  hide: HideNames;
  /** By folded address: an account file has a manager's address and no id. */
  ids: ReadonlyMap<string, UserId>;
}

/** A person or a team: which of them, nobody can tell. */
export const ownerWords = 'named in exemptions.yaml';

export function hideJudged<T extends JudgedAccount>(judged: T, names: HiddenNames): T {
  const { evidence, judgement } = judged;
  const about = listOfEvidence(evidence);
  const { risks, exemption } = judgement;
  return {
    ...judged,
    evidence: hideEvidence(evidence, names),
    judgement: {
      ...judgement,
      risks: risks.map((risk) => ({ ...risk, because: names.hide(risk.because, about) })),
      exemption: exemption && { ...exemption, reason: names.hide(exemption.reason, about), owner: ownerWords },
    },
  };
}

export function hideMove(move: Move, names: HiddenNames): Move {
  return {
    ...hidePlanned(move, names),
    // Who they were called before is in no list.
    ...(move.reason === 'renamed' ? { because: renamedWords } : {}),
  };
}

/** Of a move or of an account that stays. */
export function hidePlanned<T extends Pick<Move & UnmovedAccount, 'because' | 'file' | 'judged'>>(
  planned: T,
  names: HiddenNames,
): T {
  const { because, file, judged } = planned;
  const owner = judged?.judgement.exemption?.owner;
  const words = owner === undefined ? because : because.replaceAll(`(${owner})`, `(${ownerWords})`);
  const about = [...(judged === null ? [] : listOfEvidence(judged.evidence)), ...listOfFile(file)];
  return {
    ...planned,
    because: names.hide(words, about),
    file: hideFile(file, names),
    judged: judged && hideJudged(judged, names),
  };
}

export function hideFile(file: AccountFile, names: HiddenNames): AccountFile {
  const reason = file.reason === undefined ? {} : { reason: names.hide(file.reason, listOfFile(file)) };
  return { ...file, account: hideIdentity(file.account, names), ...reason };
}

export function hideEscalation(entry: Escalation, { style, hide }: HiddenNames): Escalation {
  return { ...entry, ...toShownPerson(style, entry), why: hide(entry.why, [entry]) };
}

/** The account and its manager. */
export function listOfEvidence({ manager, ...person }: Evidence): KnownPerson[] {
  return manager === null ? [person] : [person, manager];
}

export function listOfFile({ account: { manager, ...person } }: Pick<AccountFile, 'account'>): KnownPerson[] {
  return manager === null ? [person] : [person, { id: null, ...manager }];
}

function hideEvidence(evidence: Evidence, { style }: HiddenNames): Evidence {
  return {
    ...evidence,
    ...toShownPerson(style, evidence),
    ...{ givenName: null, surname: null, mail: null },
    manager: evidence.manager && hideManager(evidence.manager, style),
  };
}

function hideManager(manager: Manager, style: HidingStyle): Manager {
  const { userPrincipalName } = toShownPerson(style, manager);
  return { ...manager, displayName: formatShownName(style, manager, unnamedManager), mail: null, userPrincipalName };
}

/** The address stays, because mails are counted by it and the policy says whether it is the company's; nothing shows it. */
function hideIdentity(account: AccountIdentity, { style, ids }: HiddenNames): AccountIdentity {
  const { manager } = account;
  const id = manager?.mail ? (ids.get(foldText(manager.mail)) ?? null) : null;
  const shown = manager && {
    ...manager,
    displayName: formatShownName(style, { id, displayName: manager.displayName }, unnamedManager),
  };
  return { ...account, ...toShownPerson(style, account), manager: shown };
}

const renamedWords = 'has other names in the directory now; the diff has both';
