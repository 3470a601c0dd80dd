// What the engine would do or did, for the pull request's comment.

import { listSkusGivenBy } from '../../policy/files/memberships.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import { listSkusGoneWithBlock } from '../../policy/licenses/block-losses.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { type StepName, stepWords } from '../../policy/words/apply-words.ts';
import { formatGroupNames } from '../../policy/words/describe-group.ts';
import { formatList } from '../../policy/words/labels.ts';
import { findHidingStyle } from '../../policy/words/show-name.ts';
import type { AccountOutcome, StackOutcome } from '../run-stack.ts';
import type { ChangedAccount, Changes } from './changes-comment.ts';
import { callById, collectPeople, showPeople } from './hide-changes.ts';
import { listKeptLicenses } from './kept-licenses.ts';

/** With people as `privacy.names` shows them. The comment fills in `sinceLastTime`. */
export function summariseChanges(outcome: StackOutcome, files: StackFiles): Changes {
  const style = findHidingStyle(files.policy.value);
  if (style === null) return summarise(outcome, files);
  const people = collectPeople({ outcome, files }, style);
  const called = callById({ outcome, files }, people);
  return showPeople(summarise(called.outcome, called.files), people);
}

function summarise(outcome: StackOutcome, files: StackFiles): Changes {
  const { stack, prices, policy } = files;
  const { accounts, mode, limited, stop, notes } = outcome;
  const selectDone = (...steps: string[]) =>
    accounts.filter(({ report }) => report.done.some(({ step }) => steps.includes(step)));
  const people = new Map(files.accounts.map(({ value }) => [foldId(value.account.id), value.account]));
  const executives = new Map(files.escalations?.value.escalations.map((entry) => [foldId(entry.id), entry]));
  const byId = new Map(files.accounts.map(({ value }) => [foldId(value.account.id), value]));
  const listStays = (account: AccountOutcome) =>
    listKeptLicenses(account, byId.get(foldId(account.inputs.account.id)) ?? null);
  return {
    stack,
    mode,
    currency: prices.value.currency,
    disabled: selectDone('sign-in-blocked').map((account) => ({
      ...getPerson(account),
      mailbox: describeMailbox(account, policy.value.mailbox.convert),
      ...findGoneWithBlock(byId.get(foldId(account.inputs.account.id)), prices.value.monthly),
    })),
    shared: selectDone('mailbox-shared')
      .filter(({ report }) => report.done.every(({ step }) => step !== 'sign-in-blocked'))
      .map(getPerson),
    delicensed: accounts
      .filter((account) => isDelicensed(account, listStays(account)))
      .map((account) => ({
        ...getPerson(account),
        removed: listRemoved(account),
        groups: listGroupsLeft(account),
        phones: account.report.done.flatMap(({ phones }) => phones ?? []),
        stays: listStays(account),
        monthly: sumMonthly(listRemoved(account), prices.value.monthly),
      })),
    restored: accounts.filter(isRestored).map((account) => ({ ...getPerson(account), gives: listGiven(account) })),
    doneEarlier: accounts.flatMap(listDoneEarlier),
    quarantined: listQuarantined(outcome, people),
    corrected: outcome.quarantine?.corrected ?? [],
    mailed: outcome.mails.map(({ to, stage, people: concerned, mayBeSecond }) => ({
      to,
      mayBeSecond,
      kind: mailKinds[stage],
      about: concerned.map((id) => (people.get(id) ?? executives.get(id))?.displayName ?? id),
    })),
    refused: [
      ...accounts.flatMap((account) =>
        account.report.refused.map(({ because }) => ({ ...getPerson(account), because })),
      ),
      ...outcome.refusedFiles.flatMap(listFileRefusals),
    ],
    failed: [
      ...accounts.flatMap(listFailures),
      ...outcome.unsent.map(toUnsentNotice),
      ...(outcome.quarantine?.failures ?? []).map(toQuarantineFailure),
    ],
    waiting: accounts.flatMap(listWaits),
    receipts: accounts.flatMap(listReceipts),
    withoutSignIns: outcome.withoutSignIns,
    stopped: null,
    limited,
    stop,
    notes,
    sinceLastTime: [],
  };
}

const mailKinds = {
  notify: 'notice',
  review: 'reminder',
  'give-back': 'given back',
  escalation: 'escalation',
} as const;

function findGoneWithBlock(file: AccountFile | undefined, prices: Record<string, number>) {
  const licenses = file === undefined ? [] : listSkusGoneWithBlock(file);
  return licenses.length === 0 ? {} : { withBlock: { licenses, monthly: sumMonthly(licenses, prices) } };
}

function getPerson({ inputs }: AccountOutcome) {
  const { displayName, userPrincipalName } = inputs.account;
  return { displayName, userPrincipalName };
}

function describeMailbox({ report }: AccountOutcome, convert: 'exchange' | 'manual') {
  if (report.done.some(({ step }) => step === 'mailbox-shared')) return 'shared' as const;
  return convert === 'manual' && report.waits.some((wait) => wait.for === 'manual-conversion')
    ? ('by hand' as const)
    : ('unchanged' as const);
}

/**
 * Includes an account that keeps all its licences after all, but no refused one, none that gets something back, and none
 * whose licences an earlier run has removed.
 */
function isDelicensed(account: AccountOutcome, stays: readonly unknown[]): boolean {
  const { inputs, report } = account;
  if (report.done.some(({ removed = [] }) => removed.length > 0)) return true;
  const isTakenEarlier = report.doneEarlier?.some(({ removed = [] }) => removed.length > 0) ?? false;
  if (isRestored(account) || isTakenEarlier) return false;
  return inputs.stage === 'delicense' && stays.length > 0 && (report.heldBack.length > 0 || isReached(report));
}

function isReached({ refused, waits, failure }: AccountOutcome['report']): boolean {
  return refused.length === 0 && waits.length === 0 && failure === null;
}

function isRestored({ report }: AccountOutcome): boolean {
  return report.done.some(({ step, given }) => givingSteps.includes(step) || (given ?? []).length > 0);
}

const givingSteps: readonly StepName[] = ['sign-in-allowed', 'mailbox-regular', 'group-joined'];

function listDoneEarlier(account: AccountOutcome) {
  const { doneEarlier = [] } = account.report;
  const what = doneEarlier.map(({ step, group, removed = [], given = [] }) =>
    [stepWords[step].done, ...(group ? [group] : []), ...[...removed, ...given].map((sku) => `(${sku})`)].join(' '),
  );
  return what.length === 0 ? [] : [{ ...getPerson(account), what }];
}

/** A product that was assigned directly and by a group is paid for once. */
function listRemoved({ report }: AccountOutcome): string[] {
  return [...new Set(report.done.flatMap(({ removed }) => removed ?? []))];
}

function listGroupsLeft({ report }: AccountOutcome) {
  return report.done.flatMap(({ step, group: displayName = '', removed: gave = [] }) =>
    step === 'group-left' ? { displayName, gave } : [],
  );
}

function listGiven({ inputs, report }: AccountOutcome): string[] {
  return report.done.flatMap(({ step, given = [], group }) =>
    group === undefined ? (stepWords[step].gives ?? given) : describeJoined(group, inputs.restore),
  );
}

/** `membership in the group Office, which gives SPE_E3`. */
function describeJoined(group: string, restore: AccountOutcome['inputs']['restore']): string {
  const gives = listSkusGivenBy(restore, group);
  return `membership in ${formatGroupNames([group])}${gives.length === 0 ? '' : `, which gives ${formatList(gives)}`}`;
}

function sumMonthly(skus: readonly string[], prices: Record<string, number>): number {
  return skus.reduce((cents, sku) => cents + Math.round((prices[sku] ?? 0) * 100), 0) / 100;
}

/** Accounts without a file, released or added by hand, are named by what the tenant says. */
function listQuarantined(
  { quarantine }: StackOutcome,
  people: ReadonlyMap<IdKey, ChangedAccount>,
): Changes['quarantined'] {
  if (quarantine === null) return [];
  const { mode, holds, releases, strangers } = quarantine;
  const known = new Map([...strangers.map((stranger) => [stranger.id, stranger] as const), ...people]);
  const toPerson = (id: IdKey) => {
    const { displayName, userPrincipalName } = known.get(id) ?? { displayName: id, userPrincipalName: String(id) };
    return { displayName, userPrincipalName };
  };
  return [
    ...(mode ? holds.map((id) => ({ ...toPerson(id), how: mode })) : []),
    ...releases.map((id) => ({ ...toPerson(id), how: 'released' as const })),
  ];
}

function listFileRefusals({ file, problems }: StackOutcome['refusedFiles'][number]) {
  const { displayName, userPrincipalName } = file.account;
  return problems.map(({ message }) => ({ displayName, userPrincipalName, because: message }));
}

function toQuarantineFailure(because: string) {
  return { displayName: 'The quarantine', userPrincipalName: 'not as declared', because };
}

function toUnsentNotice(because: string) {
  return { displayName: 'A notice', userPrincipalName: 'not sent', because };
}

function listFailures(account: AccountOutcome) {
  const { failure } = account.report;
  return failure ? [{ ...getPerson(account), because: `${failure.message} ${failure.remedy}`.trim() }] : [];
}

/** None in a preview, which writes nothing. */
function listReceipts(account: AccountOutcome) {
  return account.report.done
    .filter(({ requestId }) => requestId !== '')
    .map((done) => ({
      ...getPerson(account),
      step: [stepWords[done.step].done, ...(done.group === undefined ? [] : [done.group])].join(': '),
      at: done.at,
      requestId: done.requestId,
      item: done.batch?.item ?? null,
    }));
}

function listWaits(account: AccountOutcome) {
  return account.report.waits.map(({ because }) => ({ ...getPerson(account), because }));
}
