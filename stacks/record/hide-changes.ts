// What an apply did, without names where `privacy.names` lets fewer be shown: first everybody is called by their id, whatever then
// makes sentences and lists of it, and at the end each id is shown as the policy says. The record for the auditor is made of the
// outcome as it was. Pure.
import { errorCodes } from '../../policy/error-codes.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { foldId, foldText, type IdKey, isGuid } from '../../policy/identifiers.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { createNameHider, type HideNames, type KnownPerson } from '../../policy/words/hide-names.ts';
import {
  findHidingStyle,
  formatShownName,
  type HidingStyle,
  toShownPerson,
  unnamedManager,
} from '../../policy/words/show-name.ts';
import type { AccountOutcome, StackOutcome } from '../run-stack.ts';
import type { ApplyOutcome } from '../tenant/outcome.ts';
import type { AccountChanges, ChangedAccount } from './account-changes.ts';

interface Run {
  outcome: StackOutcome;
  files: StackFiles;
}

interface Person extends KnownPerson {
  /** Of the account's file; absent: it has none. */
  path?: string;
}

interface HiddenPeople {
  style: HidingStyle;
  hide: HideNames;
  byId: ReadonlyMap<IdKey, Person>;
}

/** What is told of a run besides its changes; the outcome itself where names may be shown. */
export function hideOutcome(outcome: StackOutcome): StackOutcome {
  const { files } = outcome;
  const style = findHidingStyle(files.policy.value);
  return style === null ? outcome : callById({ outcome, files }, collectPeople({ outcome, files }, style)).outcome;
}

export function collectPeople({ outcome, files }: Run, style: HidingStyle): HiddenPeople {
  const people = [...listPeople({ outcome, files })];
  const byId = new Map<IdKey, Person>();
  for (const person of people)
    if (person.id !== null && !byId.has(foldId(person.id))) byId.set(foldId(person.id), person);
  return { style, hide: createNameHider(style, people), byId };
}

/** The same run, in which an id stands for each name. */
export function callById({ outcome, files }: Run, { hide }: HiddenPeople): Run {
  return {
    outcome: {
      ...outcome,
      accounts: outcome.accounts.map((account) => callAccountById(account, hide)),
      refusedFiles: outcome.refusedFiles.map((refused) => ({
        ...refused,
        file: callFileById(refused.file),
        // A sentence about a forged fact quotes it.
        problems: refused.problems.map((problem) => ({ ...problem, message: errorCodes[problem.code].when })),
      })),
      quarantine: outcome.quarantine && {
        ...outcome.quarantine,
        strangers: outcome.quarantine.strangers.map((stranger) => ({ ...stranger, ...toId(stranger) })),
      },
    },
    files: {
      ...files,
      accounts: files.accounts.map((parsed) => ({ ...parsed, value: callFileById(parsed.value) })),
      escalations: files.escalations && {
        ...files.escalations,
        value: {
          ...files.escalations.value,
          escalations: files.escalations.value.escalations.map((entry) => ({ ...entry, ...toId(entry) })),
        },
      },
    },
  };
}

/** What was made of that run, with everybody as the policy says. */
export function showPeople(changes: AccountChanges, people: HiddenPeople): AccountChanges {
  const { hide, style, byId } = people;
  const show = <T extends ChangedAccount>(account: T): T => showPerson(account, people);
  const explain = <T extends ChangedAccount & { because: string }>(account: T): T => {
    const person = byId.get(foldId(String(account.userPrincipalName)));
    return show({ ...account, because: hide(account.because, person === undefined ? [] : [person]) });
  };
  const showAbout = (id: string) => formatShownName(style, byId.get(foldId(id)) ?? { id, displayName: '' });
  const { shared = [], doneEarlier = [], waiting = [], receipts = [], corrected = [], notes = [] } = changes;
  const { limited = null, stop = null } = changes;
  return {
    ...changes,
    names: style,
    disabled: changes.disabled.map(show),
    shared: shared.map(show),
    delicensed: changes.delicensed.map(show),
    doneEarlier: doneEarlier.map(show),
    restored: changes.restored.map(show),
    quarantined: changes.quarantined.map(show),
    receipts: receipts.map(show),
    refused: changes.refused.map(explain),
    failed: changes.failed.map(explain),
    waiting: waiting.map(explain),
    mailed: changes.mailed.map((mail) => ({
      ...mail,
      to: showRecipient(mail, people),
      about: mail.about.map(showAbout),
    })),
    corrected: corrected.map((sentence) => hide(sentence)),
    notes: notes.map((note) => hide(note)),
    limited: limited === null ? null : hide(limited),
    stop: stop === null ? null : { ...stop, because: hide(stop.because) },
  };
}

/** Files come first: they have the managers, and what people read. */
function* listPeople({ outcome, files }: Run): Iterable<Person> {
  const written = [...files.accounts.map(({ path, value }) => ({ path, file: value })), ...outcome.refusedFiles];
  for (const { path, file } of written) yield { ...file.account, path };
  for (const { inputs } of outcome.accounts) yield inputs.account;
  yield* files.escalations?.value.escalations ?? [];
  for (const stranger of outcome.quarantine?.strangers ?? []) yield { ...stranger, id: String(stranger.id) };
  const ids = new Map(written.map(({ file: { account } }) => [foldText(account.userPrincipalName), account.id]));
  for (const { file } of written) {
    const { manager } = file.account;
    if (manager !== null) yield { ...manager, id: ids.get(foldText(manager.mail ?? '')) ?? null };
  }
}

function callAccountById(account: AccountOutcome, hide: HideNames): AccountOutcome {
  const { inputs, report } = account;
  const about = [inputs.account];
  const explain = <T extends { because: string }>(entry: T): T => ({ ...entry, because: hide(entry.because, about) });
  const { failure } = report;
  const hidden: ApplyOutcome = {
    ...report,
    refused: report.refused.map((refusal) =>
      explain({ ...refusal, because: secretWords[refusal.code] ?? refusal.because }),
    ),
    waits: report.waits.map(explain),
    failure: failure && {
      ...failure,
      ...{ message: hide(failure.message, about), remedy: hide(failure.remedy, about) },
    },
  };
  return { ...account, inputs: { ...inputs, account: { ...inputs.account, ...toId(inputs.account) } }, report: hidden };
}

/** Refusals that tell a name which no file has. */
const secretWords: Partial<Record<string, string>> = {
  renamed: 'looks like somebody else in the directory now: both of its names are others than in its file',
  exempt: 'is exempt by exemptions.yaml',
};

function callFileById(file: AccountFile): AccountFile {
  return { ...file, account: { ...file.account, ...toId(file.account) } };
}

function toId({ id }: { id: string }) {
  return { displayName: id, userPrincipalName: id };
}

/** Of a manager whom no file names by id nothing is left under `id-only`. */
function showRecipient({ to, kind }: AccountChanges['mailed'][number], { hide, style }: HiddenPeople): string {
  const shown = hide(to);
  return style === 'id-only' && kind !== 'escalation' && !isGuid(shown) ? unnamedManager : shown;
}

/** A row about something else than a person stays. */
function showPerson<T extends ChangedAccount>(account: T, { style, byId }: HiddenPeople): T {
  const id = String(account.userPrincipalName);
  const person = byId.get(foldId(id));
  if (person === undefined && !isGuid(id)) return account;
  const { displayName = '', path } = person ?? {};
  return { ...account, ...toShownPerson(style, { id, displayName }), ...(path === undefined ? {} : { path }) };
}
