// The audit as pull request and report get it where `privacy.names` lets fewer names be shown: the same value without the names, so
// that no renderer can show one. CSVs and audit.json are made from the value as it was. Pure.
import { foldText, type UserId } from '../policy/identifiers.ts';
import type { Plan } from '../policy/plan/move.ts';
import { createNameHider, type KnownPerson } from '../policy/words/hide-names.ts';
import { findHidingStyle } from '../policy/words/show-name.ts';
import type { AccountView, AuditView } from './audit-view.ts';
import {
  type HiddenNames,
  hideEscalation,
  hideFile,
  hideJudged,
  hideMove,
  hidePlanned,
  listOfEvidence,
  listOfFile,
  ownerWords,
} from './hide-person.ts';
import type { AccountPlace } from './summary/account-place.ts';

/** The view itself where names may be shown. */
export function hideNames(view: AuditView): AuditView {
  const style = findHidingStyle(view.policy);
  if (style === null) return view;
  const people = listDistinct(listPeople(view));
  const names: HiddenNames = { style, hide: createNameHider(style, people), ids: mapIds(people) };
  const hideAccount = (account: AccountView): AccountView => ({
    ...hideJudged(account, names),
    place: hidePlace(account.place, names),
  });
  return {
    ...view,
    ...hideWords(view, names),
    inactive: view.inactive.map(hideAccount),
    guests: view.guests.map(hideAccount),
    reported: view.reported.map(hideAccount),
    plan: hidePlan(view.plan, names),
  };
}

/** Everybody whom the audit lists or has a file of, with their managers. */
function* listPeople({ inactive, guests, reported, plan }: AuditView): Iterable<KnownPerson> {
  const { moves, held, waiting, declined, setBack, deletable, escalations, erasures } = plan;
  const planned = [...moves, ...held, ...waiting, ...setBack].flatMap(({ judged }) => judged ?? []);
  for (const { evidence } of [inactive, guests, reported, planned, declined].flat()) yield* listOfEvidence(evidence);
  const withFile = [...moves, ...held, ...deletable, ...erasures.erased, ...erasures.kept];
  for (const { file } of withFile) yield* listOfFile(file);
  yield* [...escalations.listed, ...escalations.entered, ...escalations.left.map(({ escalation }) => escalation)];
}

/** Most are in several lists, and a manager is with each of their people. */
function listDistinct(people: Iterable<KnownPerson>): KnownPerson[] {
  const distinct = new Map<string, KnownPerson>();
  for (const person of people) {
    const { id, displayName, userPrincipalName, mail } = person;
    distinct.set([id ?? '', displayName, userPrincipalName ?? '', mail ?? ''].join('\n'), person);
  }
  return [...distinct.values()];
}

function mapIds(people: readonly KnownPerson[]): Map<string, UserId> {
  const known = people.flatMap(({ id, mail, userPrincipalName }) =>
    id === null ? [] : [userPrincipalName, mail].flatMap((name) => (name ? [[foldText(name), id] as const] : [])),
  );
  return new Map(known);
}

function hideWords({ policy, quality, stops }: AuditView, { hide }: HiddenNames) {
  const { notifications } = policy;
  const hrContact = notifications.hrContact === undefined ? {} : { hrContact: 'HR’s contact' };
  const [notes, unmatchedExemptions] = [quality.notes, quality.unmatchedExemptions].map((texts) =>
    texts.map((text) => hide(text)),
  );
  return {
    policy: { ...policy, notifications: { ...notifications, ...hrContact } },
    quality: { ...quality, notes: notes ?? [], unmatchedExemptions: unmatchedExemptions ?? [] },
    stops: stops.map((stop) => ({ ...stop, because: hide(stop.because) })),
  };
}

function hidePlace(place: AccountPlace, names: HiddenNames): AccountPlace {
  if (place.kind === 'moves') return { ...place, move: hideMove(place.move, names) };
  return place.kind === 'stays' ? { ...place, unmoved: hidePlanned(place.unmoved, names) } : place;
}

function hidePlan(plan: Plan, names: HiddenNames): Plan {
  const { hide } = names;
  const { escalations, erasures } = plan;
  return {
    ...plan,
    moves: plan.moves.map((move) => hideMove(move, names)),
    held: plan.held.map((unmoved) => hidePlanned(unmoved, names)),
    waiting: plan.waiting.map((entry) => ({ ...entry, judged: hideJudged(entry.judged, names) })),
    declined: plan.declined.map((judged) => hideJudged(judged, names)),
    setBack: plan.setBack.map((entry) => ({ ...entry, judged: hideJudged(entry.judged, names) })),
    deletable: plan.deletable.map((entry) => ({ ...entry, file: hideFile(entry.file, names) })),
    erasures: {
      erased: erasures.erased.map((entry) => ({ ...entry, file: hideFile(entry.file, names) })),
      kept: erasures.kept.map((entry) => ({
        ...entry,
        ...{ file: hideFile(entry.file, names), because: hide(entry.because, listOfFile(entry.file)) },
      })),
    },
    expiredExemptions: plan.expiredExemptions.map((entry) => ({
      ...entry,
      ...{ account: hide(entry.account), reason: hide(entry.reason), owner: ownerWords },
    })),
    escalations: {
      ...escalations,
      entered: escalations.entered.map((entry) => hideEscalation(entry, names)),
      listed: escalations.listed.map((entry) => hideEscalation(entry, names)),
      left: escalations.left.map(({ escalation, because }) => ({
        escalation: hideEscalation(escalation, names),
        because: hide(because, [escalation]),
      })),
    },
  };
}
