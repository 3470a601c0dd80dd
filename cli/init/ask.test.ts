import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { RawAnswers } from './answers.ts';
import { askOpenQuestions } from './ask.ts';

/** Types one line per question, each as soon as the question is on the screen. */
function aPerson(lines: readonly string[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  // Each prompt ends its output; a terminal stays open all the same.
  output.end = () => output;
  const open = [...lines];
  const prompted = new Set<string>();
  let shown = '';
  output.on('data', (chunk: Buffer) => {
    shown += stripVTControlCharacters(chunk.toString());
    for (const [question] of shown.matchAll(/\? [^\n?]+?:/g)) {
      if (prompted.has(question) || open.length === 0) continue;
      prompted.add(question);
      const line = open.shift();
      setImmediate(() => input.write(`${line}\n`));
    }
  });
  return { terminal: { input, output }, shown: () => shown };
}

const rawAnswers: RawAnswers = {
  tenantId: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e',
  cloud: 'global',
  auditClientId: 'aaaaaaaa-0000-4000-8000-000000000001',
  applyClientId: 'aaaaaaaa-0000-4000-8000-000000000002',
  timeZone: 'UTC',
  currency: 'USD',
};

test('asks only for what no flag has said, and offers what it knows', async () => {
  const { terminal, shown } = aPerson(['it@contoso.com', '', 'vault@contoso.com', '', '', '', '@contoso/it', '']);
  const answers = await askOpenQuestions(rawAnswers, {}, terminal);
  expect(answers).toEqual({
    ...rawAnswers,
    sender: 'it@contoso.com',
    replyTo: 'it@contoso.com',
    emergency: 'vault@contoso.com',
    reviewers: '@contoso/it',
    admins: '@contoso/it',
  });
  expect(shown()).not.toContain('Tenant id');
});

const others: RawAnswers = {
  sender: 'it@contoso.com',
  replyTo: 'it@contoso.com',
  emergency: 'a@b.c',
  executiveTitles: 'head of treasury',
  internalDomains: 'contoso.com',
  licenseGroups: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e',
};

test('what is certain is taken by an empty line, with its origin beside the question', async () => {
  const { terminal, shown } = aPerson(['']);
  const { timeZone: _, ...open } = { ...rawAnswers, ...others, reviewers: '@jo', admins: '@jo' };
  const answers = await askOpenQuestions(open, { timeZone: { answer: 'Asia/Tokyo', from: 'this machine' } }, terminal);
  expect(answers.timeZone).toBe('Asia/Tokyo');
  expect(shown()).toContain('(from this machine)');
});

test('a guess is nobody’s answer before it is ticked, and others may be added', async () => {
  const guesses = ['vault@contoso.com', 'admin@contoso.onmicrosoft.com'];
  const { emergency: _, ...open } = { ...rawAnswers, ...others, reviewers: '@jo', admins: '@jo' };
  const ask = async (keys: string, typed: string) => {
    const { terminal, shown } = aPerson([]);
    const asking = askOpenQuestions(open, { emergency: { guesses, from: 'the look of 7 December' } }, terminal);
    const readOnOneLine = () => shown().replace(/\s+/g, ' ');
    await expect.poll(readOnOneLine).toContain('tick those that are (from the look of 7 December)');
    terminal.input.write(keys);
    await expect.poll(readOnOneLine).toMatch(/separated by commas \(optional\)/);
    terminal.input.write(`${typed}\n`);
    return (await asking).emergency;
  };
  expect(await ask('\n', '')).toBeUndefined();
  expect(await ask(' \n', 'other@contoso.com')).toBe('vault@contoso.com, other@contoso.com');
});

test('a group is shown by its name and what it gives, and is answered by its id', async () => {
  const { licenseGroups: id = '', ...rest } = others;
  const open = { ...rawAnswers, ...rest, reviewers: '@jo', admins: '@jo' };
  const shownAs = { [id]: 'Licences: office: SPE_E3 for 12 accounts, 3 of them inactive' };
  const ask = async (keys: string) => {
    const { terminal, shown } = aPerson([]);
    const offers = { licenseGroups: { guesses: [id], shown: shownAs, from: 'the look of 7 December' } };
    const asking = askOpenQuestions(open, offers, terminal);
    const readOnOneLine = () => shown().replace(/\s+/g, ' ');
    await expect.poll(readOnOneLine).toContain('SPE_E3 for 12 accounts, 3 of them inactive');
    terminal.input.write(keys);
    await expect.poll(readOnOneLine).toMatch(/\(optional\)/);
    terminal.input.write('\n');
    return (await asking).licenseGroups;
  };
  expect(await ask('\n')).toBeUndefined();
  expect(await ask(' \n')).toBe(id);
});

test('an answer that will not do is asked for again, with what is allowed', async () => {
  const { terminal, shown } = aPerson([]);
  const asking = askOpenQuestions({ ...rawAnswers, ...others, admins: '@jo' }, {}, terminal);
  terminal.input.write('everybody\n');
  await expect.poll(shown).toContain('allowed: owners');
  terminal.input.write('\u0015@contoso/it\n');
  expect((await asking).reviewers).toBe('@contoso/it');
});

test('Ctrl-C gives up, in one sentence', async () => {
  const { terminal, shown } = aPerson([]);
  const asking = askOpenQuestions(rawAnswers, {}, terminal);
  await expect.poll(shown).toContain('Mailbox');
  terminal.input.write('\u0003');
  await expect(asking).rejects.toMatchObject({ code: 'given-up', message: 'Nothing was written.' });
});
