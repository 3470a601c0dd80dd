import { expect, test } from 'vitest';
import { findProblem, parseAnswers, questions, type RawAnswers } from './answers.ts';

const rawAnswers: RawAnswers = {
  tenantId: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e',
  cloud: 'usgov',
  auditClientId: 'aaaaaaaa-0000-4000-8000-000000000001',
  applyClientId: 'aaaaaaaa-0000-4000-8000-000000000002',
  sender: 'it@contoso.com',
  replyTo: 'it@contoso.com',
  timeZone: 'America/New_York',
  currency: 'USD',
  reviewers: '@jo @contoso/it, hr@contoso.com',
};

test('lists are separated by commas or blanks; settings belong to the reviewers unless others are named', () => {
  const { reviewers, admins, emergencyAccessAccounts } = parseAnswers(rawAnswers);
  expect(reviewers).toEqual(['@jo', '@contoso/it', 'hr@contoso.com']);
  expect(admins).toEqual(reviewers);
  expect(emergencyAccessAccounts).toEqual([]);
  expect(parseAnswers({ ...rawAnswers, admins: '@boss' }).admins).toEqual(['@boss']);
});

test('all that is missing is said at once, by flag', () => {
  expect(() => parseAnswers({})).toThrow(
    expect.objectContaining({
      code: 'init-answers',
      exitCode: 2,
      message: expect.stringMatching(
        /--tenant-id: is missing[\s\S]*--sender: is missing[\s\S]*--reviewers: is missing/,
      ),
    }),
  );
});

test.each([
  ['tenantId', 'contoso.com'],
  ['cloud', 'gcc'],
  ['auditClientId', 'the audit'],
  ['sender', 'it at contoso'],
  ['replyTo', 'nobody'],
  ['timeZone', 'Berlin'],
  ['currency', 'euro'],
  ['emergency', 'break glass'],
  ['reviewers', 'contoso/it'],
  ['reviewers', ', '],
  ['reviewers', '@contoso/it\n* @evil'],
] as const)('%s: %j is refused with what is allowed', (question, answer) => {
  expect(findProblem(question, answer)).toMatch(/allowed/);
  expect(() => parseAnswers({ ...rawAnswers, [question]: answer })).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(questions[question].flag.split(' ')[0] ?? ''),
    }),
  );
});

test('one application for both halves is refused', () => {
  const applyClientId = rawAnswers.auditClientId?.toUpperCase() ?? '';
  expect(() => parseAnswers({ ...rawAnswers, applyClientId })).toThrow(/--apply-client-id/);
});
