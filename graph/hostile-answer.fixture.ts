// For tests: what an API could answer instead of what its documentation says. Valid JSON, mostly close to the real one.
import fc from 'fast-check';
import { expect } from 'vitest';
import { DormantError } from '../policy/errors.ts';

const names = [
  ...['id', 'value', 'responses', 'status', 'body', 'headers', 'error', 'code', 'message', 'principal'],
  ...['skuId', 'skuPartNumber', 'servicePlans', 'displayName', 'principalId', 'roleDefinitionId'],
  ...['userPrincipalName', 'accountEnabled', 'licenseAssignmentStates', 'signInActivity', '@odata.nextLink'],
];
const leaf = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom('constructor', '__proto__', '', '0', -1, null, true, '2026-13-45T00:00:00Z'),
);

/** The right names with wrong values, lists for objects, or nothing. */
export const { answer: aHostileAnswer } = fc.letrec<{ answer: unknown }>((tie) => ({
  answer: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('answer'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('answer'), { maxKeys: 5 }),
  ),
}));

/** Fails the test unless it is one of our own errors, with a sentence. */
export function expectSentence(error: unknown): void {
  expect(error).toBeInstanceOf(DormantError);
  expect(String(error)).toMatch(/\.$/);
}
