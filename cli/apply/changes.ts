// What the engine would do or did, in the words of the pull request's comment.
import type { ChangedAccount, Changes } from '../../audit/proposal/markdown/changes-comment.ts';
import type { StackFiles } from '../../policy/repository.ts';
import type { AccountOutcome, StackOutcome } from '../../stacks/run.ts';
import type { StepName } from '../../stacks/tenant/outcome.ts';
import { findStays } from './stays.ts';

/** `sinceLastTime` is the comment's to fill in. */
export function changesOf(outcome: StackOutcome, files: StackFiles): Changes {
  const { stack, prices, policy } = files;
  const { accounts, mode, limited, notes } = outcome;
  const did = (...steps: string[]) =>
    accounts.filter(({ report }) => report.done.some(({ step }) => steps.includes(step)));
  const people = new Map(files.accounts.map(({ value }) => [value.account.id, value.account]));
  const executives = new Map(
    files.escalations?.value.escalations.map((entry) => [entry.id.toLowerCase(), entry]),
  );
  const byId = new Map(files.accounts.map(({ value }) => [value.account.id, value]));
  const stays = (account: AccountOutcome) => findStays(account, byId.get(account.inputs.account.id) ?? null);
  return {
    stack,
    mode,
    currency: prices.value.currency,
    disabled: did('sign-in-blocked').map((account) => ({
      ...named(account),
      mailbox: mailboxOf(account, policy.value.mailbox.convert),
    })),
    shared: did('mailbox-shared')
      .filter(({ report }) => report.done.every(({ step }) => step !== 'sign-in-blocked'))
      .map(named),
    delicensed: accounts
      .filter((account) => isDelicensed(account, stays(account)))
      .map((account) => ({
        ...named(account),
        removed: removedFrom(account),
        phones: account.report.done.flatMap(({ phones }) => phones ?? []),
        stays: stays(account),
        monthly: monthlyOf(removedFrom(account), prices.value.monthly),
      })),
    restored: accounts.filter(isRestored).map((account) => ({ ...named(account), gives: givenTo(account) })),
    quarantined: quarantinedIn(outcome, people),
    corrected: outcome.quarantine?.corrected ?? [],
    mailed: outcome.mails.map(({ to, stage, people: told, mayBeSecond }) => ({
      to,
      mayBeSecond,
      kind: mailKinds[stage],
      about: told.map((id) => (people.get(id) ?? executives.get(id))?.displayName ?? id),
    })),
    refused: accounts.flatMap((account) =>
      account.report.refused.map(({ because }) => ({ ...named(account), because })),
    ),
    failed: [
      ...accounts.flatMap(failure),
      ...outcome.unsent.map(unsent),
      ...(outcome.quarantine?.failures ?? []).map(notHeld),
    ],
    waiting: accounts.flatMap(waiting),
    receipts: accounts.flatMap(receiptsOf),
    withoutSignIns: outcome.withoutSignIns,
    stopped: null,
    limited,
    notes,
    sinceLastTime: [],
  };
}

const mailKinds = { notify: 'notice', review: 'reminder', escalation: 'escalation' } as const;

function named({ inputs }: AccountOutcome) {
  const { displayName, userPrincipalName } = inputs.account;
  return { displayName, userPrincipalName };
}

function mailboxOf({ report }: AccountOutcome, convert: 'exchange' | 'manual') {
  if (report.done.some(({ step }) => step === 'mailbox-shared')) return 'shared' as const;
  return convert === 'manual' && report.waits.some((wait) => wait.for === 'manual-conversion')
    ? ('by hand' as const)
    : ('unchanged' as const);
}

/** Also one whose licences all stay after all. Who is refused has not come so far; who gets something back is restored. */
function isDelicensed(account: AccountOutcome, stays: readonly unknown[]): boolean {
  const { inputs, report } = account;
  if (report.done.some(({ removed = [] }) => removed.length > 0)) return true;
  if (isRestored(account)) return false;
  return (
    inputs.stage === 'delicense' && stays.length > 0 && (report.heldBack.length > 0 || isReached(report))
  );
}

function isReached({ refused, waits, failure }: AccountOutcome['report']): boolean {
  return refused.length === 0 && waits.length === 0 && failure === null;
}

function isRestored({ report }: AccountOutcome): boolean {
  return report.done.some(
    ({ step, given }) => step === 'sign-in-allowed' || step === 'mailbox-regular' || (given ?? []).length > 0,
  );
}

function removedFrom({ report }: AccountOutcome): string[] {
  return report.done.flatMap(({ removed }) => removed ?? []);
}

function givenTo({ report }: AccountOutcome): string[] {
  const words = { 'sign-in-allowed': 'sign-in', 'mailbox-regular': 'a mailbox of their own' } as const;
  return report.done.flatMap(({ step, given }) =>
    step === 'sign-in-allowed' || step === 'mailbox-regular' ? [words[step]] : [...(given ?? [])],
  );
}

function monthlyOf(skus: readonly string[], prices: Record<string, number>): number {
  return skus.reduce((cents, sku) => cents + Math.round((prices[sku] ?? 0) * 100), 0) / 100;
}

/** Whoever has left with a file that is gone, or was put in by hand, is known by what the tenant says. */
function quarantinedIn(
  { quarantine }: StackOutcome,
  people: ReadonlyMap<string, ChangedAccount>,
): Changes['quarantined'] {
  if (quarantine === null) return [];
  const { mode, holds, releases, strangers } = quarantine;
  const known = new Map([...strangers.map((stranger) => [stranger.id, stranger] as const), ...people]);
  const personOf = (id: string) => {
    const { displayName, userPrincipalName } = known.get(id) ?? { displayName: id, userPrincipalName: id };
    return { displayName, userPrincipalName };
  };
  return [
    ...(mode ? holds.map((id) => ({ ...personOf(id), how: mode })) : []),
    ...releases.map((id) => ({ ...personOf(id), how: 'released' as const })),
  ];
}

function notHeld(because: string) {
  return { displayName: 'The quarantine', userPrincipalName: 'not as declared', because };
}

function unsent(because: string) {
  return { displayName: 'A notice', userPrincipalName: 'not sent', because };
}

function failure(account: AccountOutcome) {
  const { failure: failed } = account.report;
  return failed ? [{ ...named(account), because: `${failed.message} ${failed.remedy}`.trim() }] : [];
}

/** None for what only a preview has done. */
function receiptsOf(account: AccountOutcome) {
  return account.report.done
    .filter(({ requestId }) => requestId !== '')
    .map((done) => ({
      ...named(account),
      step: stepWords[done.step],
      at: done.at,
      requestId: done.requestId,
      item: done.batch?.item ?? null,
    }));
}

const stepWords: Record<StepName, string> = {
  'sign-in-blocked': 'sign-in blocked',
  'sessions-revoked': 'sessions ended',
  'mailbox-shared': 'mailbox shared',
  'licenses-changed': 'licences changed',
  'mailbox-regular': 'mailbox given back',
  'sign-in-allowed': 'sign-in allowed',
};

function waiting(account: AccountOutcome) {
  return account.report.waits.map(({ because }) => ({ ...named(account), because }));
}
