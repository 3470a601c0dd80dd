// escalations.yaml after this audit: which executives enter and leave it. No account changes its stage by it. Pure.
import {
  editEscalations,
  getEscalationsPath,
  parseEscalations,
  serialiseEscalations,
  tryParseEscalations,
} from '../files/escalations-file.ts';
import { foldId, foldText, type IdKey, type UserId } from '../identifiers.ts';
import { isOutsider } from '../judge/guests.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import { scopeWords } from '../populations/scope.ts';
import type { Escalation, Escalations } from '../schemas/escalations.ts';
import { isListSigned } from '../signing/judge-list.ts';
import { isSameValue } from '../yaml/edit-yaml.ts';
import type { ParsedYaml } from '../yaml/parse-yaml.ts';
import { listDeclinedIds, mapById, type PlanInput } from './input.ts';
import type { EscalationPlan } from './move.ts';
import { signList } from './plan-signing.ts';

interface PlannedEscalations {
  plan: EscalationPlan;
  /** The file as path and text; empty where the proposal does not need it. */
  files: [string, string][];
}

/**
 * Starts from a person's version on the proposal's branch; entries they removed stay out until that is merged. An entry that
 * no audit has signed counts for nothing: it is found anew today, or goes.
 */
export function planEscalations(input: PlanInput): PlannedEscalations {
  const path = getEscalationsPath(input.rules.stack);
  const main = input.escalationsFile && parseEscalations(path, input.escalationsFile.text);
  const before = main?.value.escalations ?? [];
  const branch = input.proposed.find((version) => version.path === path);
  const proposed = branch?.text == null ? null : tryParseEscalations(path, branch.text);
  const isPersons = branch?.touchedByPerson ?? false;
  // A person has not finished writing it, or has deleted it.
  if (isPersons && proposed === null) return { plan: { path, entered: [], left: [], listed: before }, files: [] };

  const signedOnMain = input.escalationsFile?.isUnsigned ? [] : before;
  const signedOnBranch =
    proposed !== null && isListSigned(proposed.value, newList, input.signing.context) ? proposed.value.escalations : [];
  const base = isPersons ? proposed : main;
  const known = [...signedOnMain, ...signedOnBranch];
  const entries = (base?.value.escalations ?? []).flatMap(
    (entry) => known.find((each) => getId(each) === getId(entry)) ?? findAnew(entry, input),
  );
  const { staying, reasons } = separateStanding(entries, input);
  const listed = isPersons ? staying : insertNew(staying, signedOnBranch, input);
  const text = renderEscalations({ base, listed, line: findLine(listed, { main, proposed, signedOnBranch }, input) });
  const isNeeded = text !== null && (isPersons || text !== main?.text);
  return {
    plan: {
      path,
      entered: listed.filter((entry) => !hasEntry(before, entry)),
      left: before
        .filter((entry) => !hasEntry(listed, entry))
        .map((entry) => ({
          escalation: entry,
          because:
            reasons.get(getId(entry)) ??
            (hasEntry(signedOnMain, entry) ? 'taken off by a reviewer' : 'no audit has listed it'),
        })),
      listed,
    },
    files: isNeeded ? [[path, text]] : [],
  };
}

/** With new days, because nobody vouches for the old ones. */
function findAnew({ id }: Escalation, input: PlanInput): Escalation[] {
  const judged = input.judged.find(({ evidence }) => getId(evidence) === foldId(id));
  return judged !== undefined && isEscalated(judged) ? [buildEscalation(judged, [], input)] : [];
}

/** Main has not had it. */
const newList = { versions: [], read: () => null };

interface KnownLists {
  main: ParsedYaml<Escalations> | null;
  proposed: ParsedYaml<Escalations> | null;
  signedOnBranch: readonly Escalation[];
}

/** A list that an audit has signed already keeps its line; undefined: this audit has no key, or main's needs none. */
function findLine(
  listed: readonly Escalation[],
  { main, proposed, signedOnBranch }: KnownLists,
  { escalationsFile, signing }: PlanInput,
): string | undefined {
  if (main !== null && !escalationsFile?.isUnsigned && isSameValue(main.value.escalations, listed))
    return main.value.signed;
  if (proposed !== null && signedOnBranch.length > 0 && isSameValue(signedOnBranch, listed))
    return proposed.value.signed;
  return signList(listed, signing);
}

/** `reasons`: why entries leave, by id. Staying entries get today's names and reason; their days stay. */
function separateStanding(
  entries: readonly Escalation[],
  input: PlanInput,
): { staying: Escalation[]; reasons: Map<IdKey, string> } {
  const judged = mapById(input.judged);
  const declined = listDeclinedIds(input);
  const staying: Escalation[] = [];
  const reasons = new Map<IdKey, string>();
  for (const entry of entries) {
    const found = judged.get(getId(entry));
    const because = declined.has(getId(entry)) ? null : findReasonToLeave(entry, found, input);
    if (because !== null) reasons.set(getId(entry), because);
    else staying.push(found === undefined || !isEscalated(found) ? entry : { ...entry, ...toExecutiveNames(found) });
  }
  return { staying, reasons };
}

/** null: it stays. An account that is in doubt, or only missing from a listing, still counts as silent. */
function findReasonToLeave(
  { id }: Escalation,
  judged: JudgedAccount | undefined,
  { absent }: PlanInput,
): string | null {
  if (judged === undefined) {
    const absence = absent.get(foldId(id)) ?? { kind: 'gone' };
    if (absence.kind === 'deleted') return `deleted on ${absence.on}`;
    return absence.kind === 'gone' ? 'the tenant no longer has this account' : null;
  }
  const { exemption, risks, verdict, lastActivityOn, scope } = judged.judgement;
  if (scope === 'outside') return scopeWords.outside;
  if (exemption) return `exempt until ${exemption.until}: ${exemption.reason} (${exemption.owner})`;
  if (isOutsider(judged.evidence)) return 'a guest or a member of another company now';
  if (verdict === 'active') return `last activity on ${lastActivityOn}`;
  if (risks.some(({ code }) => code === 'executive')) return null;
  return 'no longer recognised as an executive';
}

/** Inserts each by name; the others keep their order. */
function insertNew(staying: readonly Escalation[], proposed: readonly Escalation[], input: PlanInput): Escalation[] {
  const declined = listDeclinedIds(input);
  const added = input.judged
    .filter(isEscalated)
    .filter(({ evidence }) => !hasEntry(staying, evidence) && !declined.has(getId(evidence)))
    .map((judged) => buildEscalation(judged, proposed, input));
  const listed = [...staying];
  for (const entry of added.sort(compareByName)) {
    const at = listed.findIndex((other) => compareByName(entry, other) < 0);
    listed.splice(at < 0 ? listed.length : at, 0, entry);
  }
  return listed;
}

/** With the days of the first audit that found it, if the open proposal has them. */
function buildEscalation(judged: JudgedAccount, proposed: readonly Escalation[], { run }: PlanInput): Escalation {
  const { lastActivityOn } = judged.judgement;
  const known = proposed.find((entry) => getId(entry) === getId(judged.evidence));
  const days = known ?? { lastActivity: lastActivityOn, since: run.auditedOn };
  return {
    id: judged.evidence.id,
    ...toExecutiveNames(judged),
    lastActivity: days.lastActivity,
    since: days.since,
  };
}

function isEscalated({ judgement }: JudgedAccount): boolean {
  return judgement.action === 'escalate-to-hr';
}

function toExecutiveNames({ evidence, judgement }: JudgedAccount) {
  const { userPrincipalName } = evidence;
  const displayName = evidence.displayName.toWellFormed();
  const executive = judgement.risks.filter(({ code }) => code === 'executive');
  // The matching pattern belongs in the report, not in a text for HR.
  const why = executive.map(({ because }) => because.replace(/ matches "[^"]*"$/, '')).join('; ');
  return { userPrincipalName, displayName, why };
}

interface RenderedList {
  base: ParsedYaml<Escalations> | null;
  listed: readonly Escalation[];
  line: string | undefined;
}

/** null: there is no file, and nothing to write. */
function renderEscalations({ base, listed, line }: RenderedList): string | null {
  if (base !== null) return editEscalations(base, listed, line);
  return listed.length === 0 ? null : serialiseEscalations(listed, line);
}

function hasEntry(entries: readonly Escalation[], { id }: { id: UserId }): boolean {
  return entries.some((entry) => getId(entry) === foldId(id));
}

function getId({ id }: { id: UserId }): IdKey {
  return foldId(id);
}

function compareByName(a: Escalation, b: Escalation): number {
  const [one, other] = [a, b].map(({ userPrincipalName }) => foldText(userPrincipalName));
  if (one === undefined || other === undefined || one === other) return a.id < b.id ? -1 : 1;
  return one < other ? -1 : 1;
}
