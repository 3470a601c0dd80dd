import { expect, test } from 'vitest';
import { buildHrLetter } from './hr-letter.ts';
import type { ListedExecutive } from './hr-notice.ts';
import { renderMessage } from './message.ts';
import { anEscalation } from './notice.fixture.ts';

const context = { today: '2026-12-07', replyTo: 'it-help@contoso.com', keepDays: 90 };
const toHr = { address: 'hr@contoso.com', because: null };

function mailAbout(...people: ListedExecutive[]) {
  return renderMessage(buildHrLetter(people, toHr, context));
}

test('HR reads who, what they were recognised by, since when, and what to answer, and no more', () => {
  const { subject, text } = mailAbout(anEscalation());
  expect(subject).toBe('For HR: 1 executive whose account nobody uses');
  expect(text).toBe(`Hello,

Nobody has used this account of an executive for a long time. No machine decides about executives: nothing has been changed, and without you nothing will be.

- Cara Vo (cara.vo@contoso.com), job title "Chief Financial Officer"
  silent since 15 July

Please look at it and reply to this mail (it goes to it-help@contoso.com):
- They have left, or will: say when; IT then closes the account by hand
- They are away: say until when; IT notes it, and you are not asked before that day
- They work without this account: say so, and whether it is still needed

You are told of each person once; of somebody who comes back and falls silent again, not before 90 days have passed.
`);
});

test('of several people in one mail, each on a line', () => {
  const people = [anEscalation(), anEscalation({ displayName: 'Zoe Lang', lastActivity: null })];
  const { subject, text } = mailAbout(...people);
  expect(subject).toBe('For HR: 2 executives whose accounts nobody uses');
  expect(text).toContain('Nobody has used these accounts of executives for a long time.');
  expect(text).toContain(
    '- Zoe Lang (cara.vo@contoso.com), job title "Chief Financial Officer"\n  no activity on record',
  );
  expect(text).toContain('Please look at them and reply');
});

test('the fallback contact reads why they got it', () => {
  const because = 'the contact of HR, hr@contoso.com, is on the list';
  const { text } = renderMessage(buildHrLetter([anEscalation()], { ...toHr, because }, context));
  expect(text).toMatch(
    /^You get this mail as the fallback contact: the contact of HR, hr@contoso\.com, is on the list\./,
  );
});

test('a name or a title is text, whatever is in it', () => {
  const evil = { displayName: '<b>Eve</b>\nBcc: all', why: 'job title "CEO https://evil.example"' };
  const { html, text, subject } = mailAbout(anEscalation(evil));
  expect(html).not.toContain('<b>Eve');
  expect(html).toContain('&#60;b&#62;Eve&#60;/b&#62; Bcc: all');
  expect(html).not.toContain('https://evil');
  expect(`${text}${subject}`).not.toContain('\nBcc');
  expect(html).toContain('<th>Person</th><th>Recognised by</th><th>Last activity</th>');
});
