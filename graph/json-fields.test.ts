import { expect, test } from 'vitest';
import {
  findDay,
  findNumber,
  findText,
  getListOrEmpty,
  requireBoolean,
  requireFields,
  requireList,
  requireText,
} from './json-fields.ts';

const where = 'GET /users';

test('absent, null and empty all mean that a text is not set', () => {
  for (const fields of [{}, { mail: null }, { mail: '' }]) expect(findText(fields, 'mail', where)).toBeNull();
});

test.each([
  ['a number for a text', () => requireText({ id: 7 }, 'id', where), 'id is number, expected a text'],
  ['no text where one is needed', () => requireText({}, 'id', where), 'id is undefined, expected a text'],
  ['a text for a boolean', () => requireBoolean({ on: 'true' }, 'on', where), 'on is string, expected true or false'],
  ['an object for a list', () => requireList({ value: {} }, 'value', where), 'value is object, expected a list'],
  ['a text for a number', () => findNumber({ n: '1' }, 'n', where), 'n is string, expected a number'],
  ['a list for the answer', () => requireFields([], where), 'the answer is a list, expected an object'],
  ['a text that is no date', () => findDay({ at: 'soon' }, 'at', where), 'at is string, expected an ISO 8601 date'],
  ['an impossible date', () => findDay({ at: '2026-13-45T00:00:00Z' }, 'at', where), 'expected an ISO 8601 date'],
])('%s is refused with the place, what was found and what was expected', (_, read, sentence) => {
  expect(read).toThrow(expect.objectContaining({ code: 'unexpected-answer', where }));
  expect(read).toThrow(sentence);
});

test('an error never shows the value, which may be personal', () => {
  expect(() => findDay({ at: 'jo.bloggs@contoso.com' }, 'at', where)).not.toThrow('jo.bloggs');
});

test('an instant becomes its UTC day, and a missing list an empty one', () => {
  expect(findDay({ at: '2026-12-07T23:59:59Z' }, 'at', where)).toBe('2026-12-07');
  expect(getListOrEmpty({ held: null }, 'held', where)).toEqual([]);
});
