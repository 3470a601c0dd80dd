import { hostile } from '@dormant-m365/emulator/tenant';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { aPolicy } from '../../policy/policy.fixture.ts';
import { buildLetter, describeLastActivity, type LetterContext } from './letter.ts';
import type { NoticePerson, StageNotice } from './manager-notice.ts';
import { renderMessage } from './message.ts';
import { aNotice, aPerson } from './notice.fixture.ts';
import { sanitizeLine } from './sanitize-line.ts';

const context: LetterContext = {
  today: '2026-12-07',
  timeZone: 'Europe/Berlin',
  stages: aPolicy().stages,
  uncounted: [],
  replyTo: 'it-lifecycle@contoso.com',
  repositoryUrl: 'https://github.com/contoso/dormant',
};
const toManager = { address: 'lee.park@contoso.com', because: null };

function messageFor(
  notice: StageNotice,
  recipient: Parameters<typeof buildLetter>[1] = toManager,
  change: Partial<LetterContext> = {},
) {
  return renderMessage(buildLetter(notice, recipient, { ...context, ...change }));
}

const disabledAlready = aPerson({
  userPrincipalName: 'bo.li@contoso.com',
  displayName: 'Bo Li',
  ahead: ['mailbox', 'licenses'],
});

test.each<[string, StageNotice['people'], string[]]>([
  [
    'who is disabled already is not told to be blocked',
    [disabledAlready],
    [
      '21 December: the mailbox becomes a shared one, and its mail stays',
      '28 December: licences are removed; a phone number goes with its licence at once',
    ],
  ],
  [
    'anyone who loses something is named where others do not',
    [aPerson(), disabledAlready],
    [
      '21 December: the mailbox becomes a shared one, and its mail stays',
      '21 December: sign-in is blocked, and open sessions end: Ana Reyes',
      '28 December: licences are removed; a phone number goes with its licence at once',
    ],
  ],
  [
    'whom Active Directory owns is disabled there',
    [aPerson({ ahead: ['on-premises', 'mailbox', 'licenses'] })],
    [
      '21 December: Active Directory’s admins are asked to disable the account; the mailbox becomes a shared one',
      '28 December: licences are removed; a phone number goes with its licence at once',
    ],
  ],
  [
    'nothing is promised where nothing is taken',
    [aPerson({ ahead: ['sign-in'] })],
    ['21 December: sign-in is blocked, and open sessions end'],
  ],
])('%s', (_, people, lines) => {
  const { text } = messageFor(aNotice({ people }));
  const steps = text.split('\n').filter((line) => /^- 2\d December/.test(line));
  expect(steps).toEqual(lines.map((line) => expect.stringContaining(line)));
});

test('where all but a few lose something, the few are named', () => {
  const names = ['Ana', 'Ben', 'Cem', 'Dee', 'Eva'];
  const people = names.map((displayName) => aPerson({ displayName, userPrincipalName: `${displayName}@contoso.com` }));
  const setAside = aPerson({ displayName: 'Flo', userPrincipalName: 'flo@contoso.com', ahead: [] });
  const { text } = messageFor(aNotice({ people: [...people, setAside] }));
  expect(text).toContain('- 21 December: sign-in is blocked, and open sessions end: all but Flo\n');
  expect(text).not.toContain('Ana, Ben');
});

test('before the list of people stands what to do, and until when', () => {
  const asked = (people: StageNotice['people'], today = context.today, timeZone = 'Europe/Berlin') => {
    const { text } = messageFor(aNotice({ stage: 'review', people }), toManager, { today, timeZone });
    return text.slice(0, text.indexOf('- Ana Reyes'));
  };
  const since = '2026-12-07';
  expect(asked([aPerson({ since })])).toContain(
    'If it is still needed, reply to this mail before 14 December: say why and until when.',
  );
  const two = [aPerson({ since }), { ...disabledAlready, since }];
  expect(asked(two)).toContain('If one of them is still needed, reply to this mail before 14 December:');
  expect(asked([aPerson({ since })], '2026-12-20')).toContain('reply to this mail today: say');
  expect(asked([aPerson({ since })], '2026-12-20', 'America/New_York')).toContain('this mail today: say');
  expect(asked([aPerson({ since, ahead: [] })])).toContain('reply to this mail: say');
});

test('a reminder says that accounts will be blocked only where all of them will', () => {
  const subject = (people: StageNotice['people']) => messageFor(aNotice({ stage: 'review', people })).subject;
  expect(subject([aPerson()])).toBe('Reminder: 1 inactive account in your team will be blocked');
  expect(subject([aPerson(), disabledAlready])).toBe(
    'Reminder: the time to object ends for 2 inactive accounts in your team',
  );
});

test('a notice says who, why, what happens when, and how to object', () => {
  expect(messageFor(aNotice()).text).toMatchInlineSnapshot(`
    "Hello Lee Park,

    Nobody has used this account for a long time. Is that right?

    If it is still needed, reply to this mail before 21 December: say why and until when.

    - Ana Reyes (ana.reyes@contoso.com), Sales
      inactive for 143 days; last activity 15 July (Exchange and Teams); last successful sign-in 2 July
      https://github.com/contoso/dormant/blob/HEAD/stacks/contoso/accounts/ana.reyes%40contoso.com.yaml

    Nothing has been changed so far. If nobody objects, this happens, on these days at the earliest and each time only after a review:
    - 14 December: you get a reminder
    - 21 December: sign-in is blocked, and open sessions end; the mailbox becomes a shared one, and its mail stays
    - 28 December: licences are removed; a phone number goes with its licence at once

    Your reply goes to it-lifecycle@contoso.com. Instead of a reply you can open the account’s file and propose "stage: keep" with a reason.

    What is taken can be given back: sign-in, the kind of mailbox, and licences as long as one is free. What Microsoft deletes once a licence is gone cannot.
    "
  `);
});

const oneDrive = { gigabytes: 0.12, files: 40, lastUse: '2026-06-30', unlicensedOn: '2026-12-28' };

test.each<[string, NoticePerson['oneDrive'], string]>([
  [
    'that goes, with Microsoft’s days',
    { ...oneDrive, outcome: 'named' },
    'OneDrive of 0.12 GB in 40 files, last used 30 June: by default read-only from 26 February 2027, closed to everybody from 31 March 2027 (until then a licence brings it back) and deleted from 2 July 2027',
  ],
  [
    'that is held back',
    { ...oneDrive, gigabytes: 3.1, outcome: 'held-back' },
    'OneDrive of 3.1 GB in 40 files, last used 30 June: its files stay until somebody releases them',
  ],
  [
    'of which nobody knows the size',
    { gigabytes: null, files: null, lastUse: null, outcome: 'held-back' },
    'OneDrive of unknown size: its files stay until somebody releases them',
  ],
  [
    'that keeps its licence',
    { gigabytes: 3.1, files: 40, lastUse: null, outcome: 'stays' },
    'OneDrive of 3.1 GB in 40 files: it stays as it is',
  ],
])('a OneDrive %s stands below its person', (_, files, line) => {
  const people = [aPerson({ ...(files === undefined ? {} : { oneDrive: files }) })];
  const { text, html } = messageFor(aNotice({ people }));
  expect(text.split('\n')).toContain(`  ${line}`);
  expect(parseHTML(html).document.querySelector('tr td:last-child')?.textContent).toBe(line);
});

test('who may ask for files is told how, and nobody else', () => {
  const asks = (files: NoticePerson['oneDrive']) => {
    const people = [aPerson({ ...(files === undefined ? {} : { oneDrive: files }) })];
    return messageFor(aNotice({ people })).text.includes('If somebody needs files of a OneDrive, reply');
  };
  expect(asks({ ...oneDrive, outcome: 'named' })).toBe(true);
  expect(asks({ ...oneDrive, outcome: 'held-back' })).toBe(true);
  expect(asks({ ...oneDrive, outcome: 'stays' })).toBe(false);
  expect(asks(undefined)).toBe(false);
});

test('after a late merge Microsoft’s days are later, too', () => {
  const people = [aPerson({ since: '2026-12-10', oneDrive: { ...oneDrive, outcome: 'named' } })];
  const { text } = messageFor(aNotice({ people }), toManager, { today: '2026-12-11' });
  expect(text).toContain('31 December: licences are removed');
  expect(text).toContain(
    'closed to everybody from 3 April 2027 (until then a licence brings it back) and deleted from 5 July 2027',
  );
});

test('the reminder says that it is one, and names the days that are left', () => {
  const { subject, text } = messageFor(aNotice({ stage: 'review' }));
  expect(subject).toBe('Reminder: 1 inactive account in your team will be blocked');
  expect(text).toContain('14 December: sign-in is blocked');
  expect(text).toContain('21 December: licences are removed');
  expect(text).not.toContain('you get a reminder');
});

test('the fallback contact is told why they get it', () => {
  const because = 'their manager, Lee Park (lee.park@contoso.com), is disabled';
  const { subject, text } = messageFor(aNotice(), { address: 'it@contoso.com', because });
  expect(text).toContain(`You get this mail as the fallback contact: ${because}.`);
  expect(subject).toBe('Please check: 1 inactive account whose manager cannot be written to');
});

test('all of a manager’s people are in one table', () => {
  const people = ['ana', 'ben', 'cem'].map((name) => aPerson({ userPrincipalName: `${name}@contoso.com` }));
  const { html, subject } = messageFor(aNotice({ people }));
  expect(parseHTML(html).document.querySelectorAll('tr')).toHaveLength(4);
  expect(subject).toBe('Please check: 3 inactive accounts in your team');
});

test('on a telephone a long account name breaks instead of pushing the other columns out of sight', () => {
  const { html } = messageFor(aNotice());
  const name = parseHTML(html).document.querySelector('td bdi[style]');
  expect(name?.textContent).toBe('ana.reyes@contoso.com');
  expect(name?.getAttribute('style')).toBe('overflow-wrap: anywhere');
});

test('the HTML and the text say the same', () => {
  const { html, text } = messageFor(aNotice());
  const words = (content: string) => content.match(/\p{L}{4,}/gu) ?? [];
  const inHtml = new Set(words(html.replace(/<[^>]*>/g, ' ').replaceAll('&#34;', '"')));
  const withoutLink = text.replace(/https:\S+/g, '');
  expect(words(withoutLink).filter((word) => !inHtml.has(word))).toEqual([]);
});

test('a year that is not this one is said', () => {
  const { text } = messageFor(aNotice(), toManager, { today: '2026-12-28' });
  expect(text).toContain('4 January 2027: you get a reminder');
});

test('the link leads to the account’s file on the default branch, whatever its name', () => {
  const people = [aPerson({ path: 'stacks/contoso/accounts/pat+test@contoso.com.yaml' })];
  const { html } = messageFor(aNotice({ people }));
  expect(parseHTML(html).document.querySelector('a')?.getAttribute('href')).toBe(
    'https://github.com/contoso/dormant/blob/HEAD/stacks/contoso/accounts/pat%2Btest%40contoso.com.yaml',
  );
});

test.each([null, 'javascript:alert(1)', 'http://example.com', 'not a url'])(
  'without an https address of the repository (%s) there is no link',
  (repositoryUrl) => {
    const { html } = messageFor(aNotice(), toManager, { repositoryUrl });
    expect(html).not.toContain('<a ');
    expect(html).not.toContain('javascript');
  },
);

test.each(Object.entries(hostile))('%s is only text', (_, { displayName, ...person }) => {
  const department = 'department' in person ? person.department : 'Sales';
  isOnlyText(displayName, department);
});

test('no name, department or address of a manager can become markup, a header or a second line', () => {
  const anything = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(fc.property(anything, anything, isOnlyText), { numRuns: 60 });
}, 30_000);

function isOnlyText(displayName: string, department: string): void {
  const people = [aPerson({ displayName, department })];
  const manager = { displayName, mail: 'lee.park@contoso.com' };
  const { html, text, subject } = messageFor(aNotice({ people, manager }));
  const usual = messageFor(aNotice());
  const { document } = parseHTML(html);
  const tags = (of: typeof document) => [...of.querySelectorAll('*')].map(({ tagName }) => tagName);
  expect(tags(document)).toEqual(tags(parseHTML(usual.html).document));
  expect(document.querySelector('strong bdi')?.textContent).toBe(sanitizeLine(displayName));
  expect(text.split('\n')).toHaveLength(usual.text.split('\n').length);
  expect(subject).toBe(usual.subject);
}

test('a name cannot be a link that a mail program makes of it', () => {
  expect(sanitizeLine('see https://evil.example or www.evil.example')).not.toMatch(/https:\/\/|www\./);
});

test('a name that is not to be read in its order is put in order', () => {
  expect(sanitizeLine('Robin \u202Etxt.exe')).toBe('Robin txt.exe');
});

test.each([
  ['used in two services on one day', {}, 'inactive for 143 days; last activity 15 July (Exchange, Teams)'],
  [
    'never seen',
    { inactiveDays: null, lastActivity: never() },
    'no activity on record; no successful sign-in on record',
  ],
  [
    'last seen in Yammer',
    { inactiveDays: 1, lastActivity: { ...never(), yammer: '2025-12-01' } },
    'inactive for 1 day; last activity 1 December 2025 (Yammer)',
  ],
])('an account %s is said to be so', (_, change, words) => {
  expect(describeLastActivity(aPerson(change), '2026-12-07').replaceAll(' and ', ', ')).toContain(words);
});

function never() {
  return { exchange: null, oneDrive: null, sharePoint: null, teams: null, yammer: null, signIn: null };
}
