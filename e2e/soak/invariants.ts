// The invariants of a story, whatever went wrong before, checked against the tenant's own state and log.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountState } from '@dormant-m365/emulator';
import { type Company, stack } from '../../demo/company.ts';
import { assertMerged, assertNothingDeleted, readAccountFiles, takeSnapshot } from '../../demo/proof.ts';
import { listLeftGroups } from '../../policy/files/memberships.ts';
import { computeEffectiveDesired } from '../../policy/files/stage.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import type { CommandResult } from './disturb-command.ts';
import { readForgeries } from './forgers.ts';
import { readGiveBacks } from './give-back-events.ts';
import type { RandomGroup } from './random-groups.ts';
import type { Forgery, Story } from './story.fixture.ts';
import { assertGivenBack } from './team-invariants.ts';
import { listWrites, type Write } from './tenant-writes.ts';

/** A command ends with a sentence, never with a stack, and prints no secret. */
export function assertEndedWell({ company }: Story, { exitCode, output, isKilled }: CommandResult): void {
  if (isKilled) return;
  assert.ok(exitCode === 0 || exitCode === 1, `ended with ${exitCode}:\n${output}`);
  assert.doesNotMatch(output, /^\s+at .+:\d+:\d+\)?$/m, `a stack instead of a sentence:\n${output}`);
  if (exitCode === 1) assert.match(output, /error |refused|failed|not sent/i, `it does not say why:\n${output}`);
  for (const { name, clientSecret } of Object.values(company.tenant.identities))
    assert.ok(!output.includes(clientSecret), `the secret of ${name} was printed`);
  assert.doesNotMatch(output, /eyJ[\w-]+\.eyJ[\w-]+\./, 'a token was printed');
}

/** The audit only reads, apart from the report setting, which it restores. */
export function assertOnlyRead({ company }: Story, since: number, { isKilled, output }: CommandResult): void {
  for (const { method, path, body } of company.tenant.log.listEntries({ after: since, identity: 'audit' })) {
    const isRead = method === 'GET' || path.endsWith('/$batch') || path.endsWith('/admin/reportSettings');
    const isLook = path.endsWith('/InvokeCommand') && /"CmdletName":"Get-/.test(body ?? '');
    assert.ok(isRead || isLook, `the audit sent ${method} ${path}`);
  }
  if (isKilled || output.includes('conceal')) return;
  assert.ok(company.tenant.tenant.concealment.isSet, `the names are readable after an audit:\n${output}`);
}

/** No account is deleted; only people in merged files are changed; the protected and the active lose nothing. */
export async function assertOnlyMergedTouched(story: Story, since: number): Promise<void> {
  const { company, protectedIds, counts, takenIds } = story;
  const files = new Map((await readAccountFiles(company)).map((file) => [file.account.id, file]));
  const givenBack = new Map((await readGiveBacks(story)).map((file) => [file.account.id, file]));
  const forgeries = await readForgeries(story);
  assertNothingDeleted(company, since);
  for (const write of listWrites(company.tenant.log, since)) {
    counts.writes += 1;
    const giveBack = givenBack.get(write.id);
    const file = files.get(write.id) ?? (takenIds.has(write.id) ? giveBack : undefined);
    assert.ok(file, `${write.what} for ${write.id}, whom no merged file names`);
    const who = file.account.userPrincipalName;
    const forgery = forgeries.find(({ id }) => id === write.id);
    const isForgedGift = forgery?.neverTaken !== undefined && write.body.includes(forgery.neverTaken);
    assert.ok(!isForgedGift, `${write.what} for ${who}: a licence that was never taken`);
    assertRightGroup(story, write, forgery);
    if (!write.takes) continue;
    assert.ok(mayBeTaken(write, forgery), `${write.what} for ${who}, on a file that no audit wrote`);
    assert.ok(!protectedIds.has(write.id), `${write.what} for ${who}, who is protected`);
    const isGivenBack = giveBack !== undefined && !story.waitingPaths.has(giveBack.path);
    assert.ok(!isGivenBack, `${write.what} for ${who}, whom ${giveBack?.path} gives back`);
  }
}

/** It is left only where policy.yaml names it and nothing stands against that, and joined only by who was in it. */
function assertRightGroup(story: Story, write: Write, forgery: Forgery | undefined): void {
  const { groups, before, counts } = story;
  const { groupId, what, id, takes } = write;
  if (groupId === undefined) return;
  const group = groups.find((each) => each.id === groupId);
  const name = group?.displayName ?? groupId;
  assert.notEqual(groupId, forgery?.neverIn, `${id} ${what} ${name}, which it was never in`);
  assert.ok(group, `${id} ${what} ${name}, which gives no licences`);
  assert.ok(before.get(id)?.groups.includes(name), `${id} ${what} ${name}, which it was never in`);
  counts[takes ? 'left' : 'joined'] += 1;
  if (!takes) return;
  assert.notEqual(group.named, null, `${id} ${what} ${name}, which policy.yaml does not name`);
  assert.ok(isMeant(story, group), `${id} ${what} ${name}, whose name does not say which is meant`);
  assert.deepEqual(group.obstacles, [], `${id} ${what} ${name}, which may not be left`);
}

/** By its id, or it alone has the name that policy.yaml has. */
function isMeant({ company: { tenant } }: Story, { named, id, displayName }: RandomGroup): boolean {
  const all = [...tenant.tenant.directory.groups.values()];
  const ids = all.filter(({ properties }) => properties.displayName === displayName).map((group) => group.id);
  return named === 'by id' || (ids.length === 1 && ids[0] === id);
}

/** Under a forged file goes on only what the stage before it asked for. */
function mayBeTaken({ what }: Write, forgery: Forgery | undefined): boolean {
  if (forgery === undefined || forgery.standing === 'delicense') return true;
  return forgery.standing === 'disable' && what !== 'assignLicense';
}

/**
 * Protected and doubtful people are in no plan: no audit has written a file for them, so none was ever merged. Where somebody
 * has forged one, the audit may only take it back.
 */
export async function assertSparedUnplanned(story: Story): Promise<void> {
  const { company, sparedIds, forgedIds } = story;
  const forged = new Set((await readForgeries(story)).map(({ id }) => id));
  for (const { account, stage } of await readAccountFiles(company))
    if (!forged.has(account.id) && !(stage === 'restore' && forgedIds.has(account.id)))
      assert.ok(!sparedIds.has(account.id), `${account.displayName} is in ${stage}, and may be in no plan`);
}

/** Object ids of the accounts that requests since then would have changed. */
export function listWrittenSince({ company }: Story, since: number): string[] {
  return listWrites(company.tenant.log, since).map(({ id }) => id);
}

/** Every account is as its file says, or the apply has reported that it is not, and why. */
export async function assertAppliedOrReported(story: Story): Promise<void> {
  const { company, unsettled, meddledIds, isLimited } = story;
  const states = takeSnapshot(company);
  await assertGivenBack(story);
  const givenBackIds = new Set((await readGiveBacks(story)).map(({ account }) => account.id));
  for (const file of await readAccountFiles(company)) {
    const { id, userPrincipalName } = file.account;
    if (meddledIds.has(id) || unsettled.has(id) || givenBackIds.has(id)) continue;
    // Above a limit nothing is taken, and nobody is named for it.
    if (isLimited && (file.stage === 'disable' || file.stage === 'delicense')) continue;
    try {
      assertMerged(file, states.get(id));
      assertMemberships(story, file, states.get(id));
    } catch (error) {
      throw new Error(`${userPrincipalName} is not as main says, and no apply has said so: ${String(error)}`, {
        cause: error,
      });
    }
  }
}

/** In the groups of before but those that its file leaves; and who was given back has each licence as it was. */
function assertMemberships(
  { company, before, groups }: Story,
  file: AccountFile,
  state: AccountState | undefined,
): void {
  const { id, userPrincipalName } = file.account;
  const desired = computeEffectiveDesired(file);
  const left = new Set(listLeftGroups(desired, file.restore).map((group) => group.id));
  const isKnown = (name: string) => groups.some(({ displayName }) => displayName === name);
  const had = before.get(id)?.groups.filter(isKnown) ?? [];
  const staying = had.filter((name) => !groups.some((each) => each.displayName === name && left.has(each.id ?? '')));
  // Somebody may have renamed one since.
  const has = state?.groups.filter(isKnown) ?? [];
  const { directory } = company.tenant.tenant;
  const isRenamed = ({ id: group = '', displayName }: RandomGroup) =>
    directory.groups.get(group)?.properties.displayName !== displayName;
  const renamed = groups.filter(isRenamed).map((each) => each.displayName);
  const list = (names: readonly string[]) => names.filter((name) => !renamed.includes(name)).sort();
  assert.deepEqual(list(has), list(staying), `${userPrincipalName}, ${file.stage}: groups`);
  if (file.stage !== 'keep' && file.stage !== 'restore') return;
  const toTexts = ({ licenses = [] }: Partial<AccountState> = {}) =>
    licenses
      .filter(({ assignedByGroup }) => groups.some((group) => group.id === assignedByGroup))
      .map(toText)
      .sort();
  assert.deepEqual(toTexts(state), toTexts(before.get(id)), `${userPrincipalName}, ${file.stage}: licences by groups`);
}

function toText({ skuPartNumber, assignedByGroup, disabledPlans }: AccountState['licenses'][number]): string {
  return [skuPartNumber, assignedByGroup, ...disabledPlans].join(' ');
}

/** But by somebody's hand. */
export function assertNobodyDeleted({ company, before, deletedIds }: Story): void {
  const states = takeSnapshot(company);
  for (const { id, userPrincipalName, deletedDateTime } of before.values())
    if (!deletedIds.has(id) && deletedDateTime === null)
      assert.equal(states.get(id)?.deletedDateTime, null, `${userPrincipalName} is deleted`);
}

/** More days than Microsoft keeps unlicensed data: by then all losses have happened. */
const graceDays = 40;

/** People whom only the pipeline has changed lose no mailbox, archive, hold or Cloud PC. */
export function assertNothingLost({ company, meddledIds }: Story): void {
  company.tenant.tenant.clock.advance({ days: graceDays });
  for (const { id, userPrincipalName, mailbox, cloudPc, isChanged } of takeSnapshot(company).values()) {
    if (meddledIds.has(id) || !isChanged || mailbox?.flipsBackOn || mailbox?.lostOn) continue;
    const losses = [...(mailbox?.losses ?? []), ...(cloudPc?.losses ?? [])];
    assert.deepEqual(losses, [], `${userPrincipalName} has lost something for good`);
  }
}

/** Reads the apply's record; throws where it lacks a reason. */
export async function readRecord(story: Story): Promise<boolean> {
  const { company, unsettled, tell, stoppedIds, waitingPaths, rules } = story;
  const text = await readFile(getRecordPath(company), 'utf8').catch(() => null);
  if (text === null) return false;
  const { accounts, refusedFiles, limited, notes } = JSON.parse(text);
  stoppedIds.clear();
  waitingPaths.clear();
  for (const note of notes) for (const [path] of note.matchAll(/^\S+(?= waits: )/g)) waitingPaths.add(path);
  if (limited !== null) tell(`above a limit: ${limited}`);
  // Without a ramp the limits are far above such a company.
  story.isLimited = limited !== null && rules.ramp !== null;
  for (const { account, refused, heldBack = [], waits = [], failure = null } of [
    ...accounts,
    ...refusedFiles.map(toRefusedAccount),
  ]) {
    const reasons = [...refused, ...heldBack, ...waits, ...(failure ? [failure] : [])];
    const words = reasons.map(({ because, message }) => because ?? message);
    for (const word of words) assert.ok(word, `the record has no reason for ${account.userPrincipalName}`);
    if (words.length === 0) unsettled.delete(account.id);
    else unsettled.set(account.id, words.join('; '));
    if (waits.some((wait: { for: string }) => wait.for === 'stop')) stoppedIds.add(account.id);
    if (words.length > 0) tell(`not done, ${account.userPrincipalName}: ${words.join('; ')}`);
  }
  return true;
}

function toRefusedAccount({ account, path, refused }: { account: string; path: string; refused: unknown }) {
  return { account: { id: account, userPrincipalName: path }, refused };
}

export function getRecordPath({ repository }: Company): string {
  return join(repository, 'out', stack, 'apply.json');
}

/** Each mail was sent once, and once more for each mail whose answer was lost. */
export function assertNoDuplicateMail({ company, lostMails, counts }: Story): void {
  const times = new Map<string, number>();
  const mails = company.tenant.outbox.list();
  for (const { message } of mails) {
    const key = JSON.stringify([message.toRecipients, message.subject, message.body]);
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  const second = [...times.values()].reduce((sum, count) => sum + count - 1, 0);
  assert.ok(second <= lostMails, `${second} second mails, although only ${lostMails} were lost on their way`);
  counts.mails = mails.length;
}

/** Mails whose answer was lost: by a fault, or the one on its way when the run was killed (mails are sent one at a time). */
export function countLostMails({ company }: Story, since: number, { isKilled }: CommandResult): number {
  const sent = company.tenant.log.listEntries({ after: since, path: '/sendMail$' });
  const struck = sent.filter(({ fault }) => fault !== null).length;
  return isKilled && sent.length > struck ? struck + 1 : struck;
}

export function formatStages(files: readonly AccountFile[]): string {
  const stages = Map.groupBy(files, ({ stage }) => stage);
  return [...stages].map(([stage, those]) => `${those.length} ${stage}`).join(', ');
}
