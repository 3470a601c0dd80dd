import { expect, test } from 'vitest';
import { aNotice, anEscalation, anHrNotice, aTenantThatSends, lee } from './notice.fixture.ts';

const hr = { kind: 'hr', displayName: 'HR', userPrincipalName: 'hr@contoso.com', mail: 'hr@contoso.com' };
const { id } = anEscalation();
const on = '2026-12-07';

test('HR gets one mail about all who are new, from the sender, with the address for answers', async () => {
  const { aRun, outbox } = await aTenantThatSends({ people: [hr] });
  const zoe = anEscalation({ userPrincipalName: 'zoe@contoso.com', displayName: 'Zoe Lang' });
  const { mail, told } = await aRun().sendHr(anHrNotice({ people: [anEscalation(), zoe] }), []);
  expect(outbox()).toMatchObject([
    {
      sender: 'it-lifecycle@contoso.com',
      message: {
        subject: 'For HR: 2 executives whose accounts nobody uses',
        toRecipients: [{ emailAddress: { address: 'hr@contoso.com' } }],
        replyTo: [{ emailAddress: { address: 'it-lifecycle@contoso.com' } }],
        body: { contentType: 'HTML', content: expect.stringContaining('Zoe Lang') },
        internetMessageHeaders: [{ name: 'x-dormant-notice', value: 'escalations' }, {}],
      },
    },
  ]);
  expect(mail).toMatchObject({
    to: 'hr@contoso.com',
    because: null,
    mayBeSecond: false,
    people: [id, zoe.id],
  });
  expect(told).toHaveLength(2);
});

test('who was told of is not told of again, and somebody who joins the list later is told of alone', async () => {
  const { aRun, outbox } = await aTenantThatSends({ people: [hr] });
  const { told } = await aRun().sendHr(anHrNotice(), []);
  expect(told).toEqual([{ id, on }]);
  expect(await aRun().sendHr(anHrNotice(), told)).toEqual({ told, mail: null });
  const zoe = anEscalation({ userPrincipalName: 'zoe@contoso.com', displayName: 'Zoe Lang' });
  const { mail } = await aRun().sendHr(anHrNotice({ people: [anEscalation(), zoe] }), told);
  expect(mail?.people).toEqual([zoe.id]);
  expect(JSON.stringify(outbox()[1]?.message.body)).not.toContain('Cara');
});

test('anyone who leaves the list and comes back is told of again only after the days of a keep', async () => {
  const { aRun, outbox } = await aTenantThatSends({ people: [hr] });
  const at = (day: string) => aRun({ now: () => new Date(`${day}T12:00:00Z`) });
  const { told } = await at('2026-12-07').sendHr(anHrNotice(), []);
  const gone = await at('2026-12-14').sendHr(anHrNotice({ people: [] }), told);
  const back = anHrNotice({ people: [anEscalation({ since: '2027-02-01' })] });
  expect(await at('2027-02-08').sendHr(back, gone.told)).toMatchObject({ mail: null });
  const later = anHrNotice({ people: [anEscalation({ since: '2027-04-05' })] });
  expect((await at('2027-04-12').sendHr(later, gone.told)).mail?.people).toEqual([id]);
  expect(outbox()).toHaveLength(2);
});

test('a run that died after its mail and before the state is followed by one that does not send it again', async () => {
  const { aRun, outbox } = await aTenantThatSends({ people: [hr] });
  await aRun().sendHr(anHrNotice(), []);
  expect(await aRun().sendHr(anHrNotice(), [])).toEqual({ told: [{ id, on }], mail: null });
  expect(outbox()).toHaveLength(1);
});

test('a mail of which nobody can tell whether it left is sent once more, and said to be perhaps the second', async () => {
  const { aRun, outbox, emulator } = await aTenantThatSends({ people: [hr] });
  emulator.faults.add({ kind: 'reset', path: 'sendMail$', count: 1, afterwards: true });
  await expect(aRun().sendHr(anHrNotice(), [])).rejects.toMatchObject({ code: 'notice-not-sent' });
  expect((await aRun().sendHr(anHrNotice(), [])).mail).toMatchObject({ mayBeSecond: true });
  expect((await aRun().sendHr(anHrNotice(), [])).mail).toBeNull();
  expect(outbox()).toHaveLength(2);
});

test('a preview shows the same mail and sends nothing', async () => {
  const { aRun, outbox } = await aTenantThatSends({ people: [hr] });
  const draft = await aRun().draftHr(anHrNotice(), []);
  expect(outbox()).toEqual([]);
  await aRun().sendHr(anHrNotice(), []);
  expect(outbox()).toMatchObject([{ message: { body: { content: draft?.message.html } } }]);
});

test('without a contact nobody is written to, and nobody counts as told of', async () => {
  const { aRun, outbox } = await aTenantThatSends();
  expect(await aRun().sendHr(anHrNotice({ hrContact: null }), [])).toEqual({ told: [], mail: null });
  expect(outbox()).toEqual([]);
});

test.each([
  ['a guest', [{ ...hr, userType: 'Guest' as const }], {}, 'is a guest'],
  ['on the list itself', [{ ...hr, id }], {}, 'is on the list'],
  [
    'outside of the internal domains',
    [hr],
    { policy: { notifications: { internalDomains: ['fabrikam.com'] } } },
    'is outside of the internal domains',
  ],
])('a contact who is %s is not written to; the fallback contact is, with the reason', async (_, people, more, why) => {
  const { aRun, outbox } = await aTenantThatSends({ people, ...more });
  const { mail } = await aRun().sendHr(anHrNotice(), []);
  expect(mail).toMatchObject({
    to: 'it-lifecycle@contoso.com',
    because: `the contact of HR, hr@contoso.com, ${why}`,
  });
  expect(JSON.stringify(outbox()[0]?.message.toRecipients)).not.toContain('hr@contoso.com');
});

test.each([
  ['a shared mailbox', [{ ...hr, accountEnabled: false }]],
  ['a group or a mailbox that is no account', []],
])('a contact who is %s is written to', async (_, people) => {
  const { aRun } = await aTenantThatSends({ people });
  expect((await aRun().sendHr(anHrNotice(), [])).mail).toMatchObject({ to: 'hr@contoso.com', because: null });
});

test('managers and HR are written to one after the other, at one pace', async () => {
  const { aRun, outbox } = await aTenantThatSends({ people: [lee, hr] });
  const run = aRun();
  await Promise.all([run.send(aNotice(), []), run.sendHr(anHrNotice(), [])]);
  expect(outbox().map(({ message }) => message.subject)).toEqual([
    'Please check: 1 inactive account in your team',
    'For HR: 1 executive whose account nobody uses',
  ]);
});
