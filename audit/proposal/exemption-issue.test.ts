import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type ExemptionRequest, exemptionTitle, parseExemptionIssue } from './exemption-issue.ts';

const facts = { author: 'lee', today: '2026-12-07', maxDays: 365, stacks: ['contoso'] };
const answers = {
  Account: 'ana@contoso.com',
  Stack: '_No response_',
  'Keep until': '2027-03-31',
  'Who answers for it': '_No response_',
  Reason: 'Parental leave\nuntil the end of March.',
};

function ask(changes: Partial<typeof answers> = {}): ExemptionRequest {
  const fields = Object.entries({ ...answers, ...changes });
  return parseExemptionIssue(fields.map(([label, value]) => `### ${label}\n\n${value}`).join('\n\n'), facts);
}

describe('a filled form', () => {
  it('is an entry; the person who asked answers for it', () => {
    expect(ask()).toEqual({
      entry: {
        account: 'ana@contoso.com',
        reason: 'Parental leave until the end of March.',
        owner: '@lee',
        until: '2027-03-31',
      },
      problems: [],
    });
  });

  it('names stack and owner where they are given', () => {
    expect(ask({ Stack: 'contoso', 'Who answers for it': 'HR desk' }).entry).toMatchObject({
      stack: 'contoso',
      owner: 'HR desk',
    });
  });

  it('reads the same with Windows line ends', () => {
    const body =
      '### Account\r\n\r\nana@contoso.com\r\n\r\n### Keep until\r\n\r\n2027-03-31\r\n\r\n### Reason\r\n\r\nLeave';
    expect(parseExemptionIssue(body, facts).entry).toMatchObject({
      account: 'ana@contoso.com',
      reason: 'Leave',
    });
  });
});

describe('a form is sent back', () => {
  it.each([
    ['without an account', { Account: '_No response_' }, /Name the account/],
    ['with a pattern that would cover others', { Account: '*@contoso.com' }, /patterns/],
    ['with a stack that there is not', { Stack: 'fabrikam' }, /no such stack/],
    ['with a date that is none', { 'Keep until': '2027-02-30' }, /YYYY-MM-DD/],
    ['with a date that is over', { 'Keep until': '2026-12-06' }, /in the past/],
    ['with a date beyond the policy', { 'Keep until': '2027-12-08' }, /last day possible is 2027-12-07/],
    ['without a reason', { Reason: '_No response_' }, /reason/],
    ['with an essay', { Reason: 'x'.repeat(501) }, /longer than 500/],
  ])('%s', (_what, change, sentence) => {
    const { entry, problems } = ask(change);
    expect(entry).toBeNull();
    expect(problems.join(' ')).toMatch(sentence);
  });

  it('with every problem at once', () => {
    expect(ask({ Account: '', 'Keep until': 'soon', Reason: '' }).problems).toHaveLength(3);
  });
});

it('a reason cannot pass for another field', () => {
  const { entry } = ask({
    Reason: 'Leave\n\n### Account\n\nceo@contoso.com\n\n### Keep until\n\n2027-06-30',
  });
  expect(entry).toMatchObject({ account: 'ana@contoso.com', until: '2027-03-31' });
});

it('whatever is written, the answer is an entry or sentences, and an entry is one line per field', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...Object.keys(answers)), (text, label) => {
      const { entry, problems } = ask({ [label]: text });
      expect(entry === null).toBe(problems.length > 0);
      for (const value of Object.values(entry ?? {})) expect(value).not.toMatch(/[\r\n\p{Cc}]/u);
    }),
  );
});

it('the issue form asks for exactly these fields, in this order', async () => {
  const form: { body: { attributes: { label?: string } }[]; title: string } = parse(
    await readFile('.github/ISSUE_TEMPLATE/exemption.yml', 'utf8'),
  );
  expect(form.body.flatMap(({ attributes: { label } }) => label ?? [])).toEqual(Object.keys(answers));
  expect(form.title.trim()).toBe(exemptionTitle);
  expect(await readFile('.github/workflows/exemption.yml', 'utf8')).toContain(
    `startsWith(github.event.issue.title, '${exemptionTitle}')`,
  );
});
