import { expect, test } from 'vitest';
import { createRateLimiter } from '../../graph/rate-limit.ts';
import { foldId } from '../../policy/identifiers.ts';
import { buildNoticeName } from './manager-notice.ts';
import { aNotice, aPerson, aTenantThatSends, lee } from './notice.fixture.ts';

test('a manager gets the mail, from the sender, with the address for objections', async () => {
  const { aRun, outbox } = await aTenantThatSends();
  const {
    mails: [mail],
    told,
  } = await aRun().send(aNotice(), []);
  expect(outbox()).toMatchObject([
    {
      sender: 'it-lifecycle@contoso.com',
      saveToSentItems: true,
      message: {
        subject: 'Please check: 1 inactive account in your team',
        toRecipients: [{ emailAddress: { address: 'lee.park@contoso.com' } }],
        replyTo: [{ emailAddress: { address: 'it-lifecycle@contoso.com' } }],
        body: { contentType: 'HTML', content: expect.stringContaining('Ana Reyes') },
        internetMessageHeaders: [
          { name: 'x-dormant-notice', value: buildNoticeName(aNotice()) },
          { name: 'x-auto-response-suppress' },
        ],
      },
    },
  ]);
  expect(mail).toMatchObject({
    to: 'lee.park@contoso.com',
    because: null,
    mayBeSecond: false,
    requestId: outbox()[0]?.requestId,
    at: '2026-12-07T09:30:00.000Z',
  });
  expect(told).toEqual([aPerson().id]);
});

test('the days that a manager reads are those of the population whose people they are told of', async () => {
  const contractors = {
    ...{ name: 'contractors', match: { employeeTypes: ['contractor'] }, inactiveAfterDays: 30 },
    stages: { notifyDays: 2, reviewDays: 3 },
  };
  const { aRun, outbox } = await aTenantThatSends({ policy: { populations: [contractors] } });
  await aRun().send(aNotice({ population: 'contractors' }), []);
  await aRun().send(aNotice({ people: [aPerson({ userPrincipalName: 'ben@contoso.com' })] }), []);
  const [theirs = '', usual = ''] = outbox().map(({ message }) => JSON.stringify(message.body));
  expect([theirs.includes('12 December'), theirs.includes('21 December')]).toEqual([true, false]);
  expect([usual.includes('12 December'), usual.includes('21 December')]).toEqual([false, true]);
});

test.each([
  ['disabled', { accountEnabled: false }, {}],
  ['a guest', { userType: 'Guest' as const }, {}],
  ['outside of the internal domains', {}, { policy: { notifications: { internalDomains: ['fabrikam.com'] } } }],
])('a manager who is %s is not written to; the fallback contact is, with the reason', async (words, person, more) => {
  const { aRun, outbox } = await aTenantThatSends({ people: [{ ...lee, ...person }], ...more });
  const { mails } = await aRun().send(aNotice(), []);
  expect(mails).toMatchObject([{ to: 'it-lifecycle@contoso.com', because: expect.stringContaining(words) }]);
  expect(JSON.stringify(outbox()[0]?.message.toRecipients)).not.toContain('lee.park');
});

test('a preview shows the same mail and sends nothing', async () => {
  const { aRun, outbox } = await aTenantThatSends();
  const [draft] = await aRun().draft(aNotice(), []);
  expect(outbox()).toEqual([]);
  await aRun().send(aNotice(), []);
  expect(outbox()[0]?.message).toMatchObject({
    subject: draft?.message.subject,
    body: { content: draft?.message.html },
  });
});

test('nobody is told twice by a run that has the state', async () => {
  const { aRun, outbox } = await aTenantThatSends();
  const { told } = await aRun().send(aNotice(), []);
  expect(await aRun().send(aNotice(), told)).toEqual({ told, mails: [] });
  expect(outbox()).toHaveLength(1);
});

test('a run that died after its mail and before the state is followed by one that does not send it again', async () => {
  const { aRun, outbox } = await aTenantThatSends();
  await aRun().send(aNotice(), []);
  expect(await aRun().send(aNotice(), [])).toMatchObject({ told: [aPerson().id], mails: [] });
  expect(outbox()).toHaveLength(1);
});

test('a run that died between two mails is followed by one that sends only the second', async () => {
  const { aRun, outbox } = await aTenantThatSends();
  const life = new AbortController();
  const first = aRun({ signal: life.signal });
  await first.send(aNotice(), []);
  life.abort(new Error('killed'));
  const other = aNotice({ manager: null });
  await expect(first.send(other, [])).rejects.toThrow('killed');
  const next = aRun();
  await Promise.all([next.send(aNotice(), []), next.send(other, [])]);
  expect(outbox()).toHaveLength(2);
});

test('a mail of which the state alone knows that it was under way is said to be perhaps the second; another is not', async () => {
  const { aRun } = await aTenantThatSends();
  expect(await aRun().draft(aNotice(), [], ['another'])).toMatchObject([{ mayBeSecond: false }]);
  expect((await aRun().send(aNotice(), [], [aPerson().id])).mails).toMatchObject([{ mayBeSecond: true }]);
});

test('a mail of which nobody can tell whether it left is sent once more, and said to be perhaps the second', async () => {
  const { aRun, outbox, emulator } = await aTenantThatSends();
  emulator.faults.add({ kind: 'reset', path: 'sendMail$', count: 1, afterwards: true });
  await expect(aRun().send(aNotice(), [])).rejects.toMatchObject({
    code: 'notice-not-sent',
    message: expect.stringContaining('It is unknown whether'),
  });
  expect(await aRun().draft(aNotice(), [])).toMatchObject([{ mayBeSecond: true }]);
  expect((await aRun().send(aNotice(), [])).mails).toMatchObject([{ mayBeSecond: true }]);
  expect((await aRun().send(aNotice(), [])).mails).toEqual([]);
  expect(outbox()).toHaveLength(2);
});

test('somebody who joins a wave later is told of alone', async () => {
  const { aRun, outbox } = await aTenantThatSends();
  const { told } = await aRun().send(aNotice(), []);
  const people = [aPerson(), aPerson({ userPrincipalName: 'ben.fox@contoso.com', displayName: 'Ben Fox' })];
  const { mails } = await aRun().send(aNotice({ people }), told);
  expect(mails.map((mail) => mail.people)).toEqual([[people[1]?.id]]);
  const content = JSON.stringify(outbox()[1]?.message.body);
  expect(content).toContain('Ben Fox');
  expect(content).not.toContain('Ana Reyes');
});

test('somebody who leaves the wave causes no mail', async () => {
  const { aRun, outbox } = await aTenantThatSends();
  const people = [aPerson(), aPerson({ userPrincipalName: 'ben.fox@contoso.com' })];
  const { told } = await aRun().send(aNotice({ people }), []);
  expect((await aRun().send(aNotice(), told)).mails).toEqual([]);
  expect(outbox()).toHaveLength(1);
});

test('whoever has another manager by now is reported to that one, and to the fallback contact if there is none', async () => {
  const eve = {
    kind: 'eve',
    displayName: 'Eve Stone',
    mail: 'eve.stone@contoso.com',
    userPrincipalName: 'eve.stone@contoso.com',
  };
  const team = ['lee', 'eve', null].map((manager, at) => ({
    kind: `report${at}`,
    displayName: `Report ${at}`,
    manager,
  }));
  const { aRun, outbox, emulator } = await aTenantThatSends({ people: [lee, eve, ...team] });
  const people = team.map(({ kind }) => {
    const { id, userPrincipalName, displayName } = emulator.getState(kind);
    return aPerson({ id: foldId(id), userPrincipalName, displayName });
  });
  const { told, mails } = await aRun().send(aNotice({ people }), []);
  expect(told).toEqual(people.map(({ id }) => id));
  expect(mails.map(({ to, people: about }) => [to, about])).toEqual([
    ['lee.park@contoso.com', [told[0]]],
    ['eve.stone@contoso.com', [told[1]]],
    ['it-lifecycle@contoso.com', [told[2]]],
  ]);
  expect(mails[2]?.because).toContain('no manager');
  expect(outbox()).toHaveLength(3);
});

test('the reminder is another mail', async () => {
  const { aRun, outbox } = await aTenantThatSends();
  await aRun().send(aNotice(), []);
  await aRun().send(aNotice({ stage: 'review', wave: '2026-12-14' }), []);
  expect(outbox()).toHaveLength(2);
});

test.each([
  ['Europe/Berlin', '14 December'],
  ['America/New_York', '13 December'],
])('the days in the mail count in UTC; read in %s, the first begins on %s', async (timeZone, day) => {
  const { aRun, tenant } = await aTenantThatSends();
  // In Berlin it is the 8th already.
  const now = () => new Date('2026-12-07T23:30:00Z');
  const [draft] = await aRun({ now, tenant: { ...tenant, timeZone } }).draft(aNotice(), []);
  expect(draft?.message.text).toContain(`${day}: you get a reminder`);
});

test('mails go out one at a time and no faster than Exchange takes them', async () => {
  const { aRun, outbox } = await aTenantThatSends();
  const run = aRun({ pace: createRateLimiter({ burst: 2, perSecond: 20 }) });
  const started = performance.now();
  const waves = ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04', '2026-12-05', '2026-12-06'];
  await Promise.all(waves.map((wave) => run.send(aNotice({ wave }), [])));
  expect(performance.now() - started).toBeGreaterThan(180);
  expect(outbox()).toHaveLength(6);
});

test('a 429 is waited for', async () => {
  const { aRun, outbox, emulator } = await aTenantThatSends();
  emulator.faults.add({ kind: 'status', status: 429, retryAfter: '0.128', path: 'sendMail$', count: 2 });
  expect((await aRun().send(aNotice(), [])).mails).toHaveLength(1);
  expect(outbox()).toHaveLength(1);
});

/** As the guide sets it up: no Mail.Send in Entra, one sender in Exchange. */
const scopedTo = (upn: string) => ({
  identities: { apply: { appRoles: ['User.Read.All'] as const } },
  switches: { mailScopes: { apply: [upn] } },
});

test('a scope in Exchange is all that it takes', async () => {
  const { aRun, outbox } = await aTenantThatSends(scopedTo('it-lifecycle@contoso.com'));
  await aRun().send(aNotice(), []);
  expect(outbox()).toHaveLength(1);
});

test('a sender that the apply may not send from is named, with what to check', async () => {
  const { aRun, outbox } = await aTenantThatSends(scopedTo('other@contoso.com'));
  await expect(aRun().send(aNotice(), [])).rejects.toMatchObject({
    code: 'notice-not-sent',
    where: 'sender it-lifecycle@contoso.com',
    remedy: expect.stringContaining('doctor'),
  });
  expect(outbox()).toEqual([]);
});

test('a mail that fails does not hold up the others', async () => {
  const { aRun, outbox, emulator } = await aTenantThatSends();
  emulator.faults.add({ kind: 'status', status: 400, path: 'sendMail$', count: 1 });
  const run = aRun();
  const sent = await Promise.allSettled([run.send(aNotice(), []), run.send(aNotice({ manager: null }), [])]);
  expect(sent.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(outbox()).toHaveLength(1);
});
