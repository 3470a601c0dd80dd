import { expect, test } from 'vitest';
import { parseGiveBackIssue } from './give-back-issue.ts';

const stacks = { stacks: ['contoso', 'fabrikam'] };
const form = (person: string, stack: string, reason: string) =>
  `### Account\r\n\r\n${person}\r\n\r\n### Stack\r\n\r\n${stack}\r\n\r\n### Reason\r\n\r\n${reason}`;

test('the form names a person, a stack if it is known, and a reason', () => {
  expect(parseGiveBackIssue(form('Ana Reyes', '_No response_', 'Back from leave,\ncalled in.'), stacks)).toEqual({
    ...{ person: 'Ana Reyes', stack: null, reason: 'Back from leave, called in.', problems: [] },
  });
  expect(parseGiveBackIssue(form('ana', 'contoso', 'Back'), stacks)).toMatchObject({ stack: 'contoso', problems: [] });
});

test('what is missing, unknown or too long is told, each with what to do', () => {
  expect(parseGiveBackIssue(form('', '../etc', 'x'.repeat(500)), stacks).problems).toEqual([
    expect.stringContaining('Name the account'),
    expect.stringContaining('contoso, fabrikam'),
    expect.stringContaining('longer than 400'),
  ]);
  expect(parseGiveBackIssue('hello', stacks).problems).toHaveLength(2);
});

test('a reason cannot pass for another field, and is one line whatever it has', () => {
  const reason = 'Back\n### Account\n\nmallory@contoso.com\n\n$(id) @here \u202e<b>';
  const { person, reason: read } = parseGiveBackIssue(form('ana@contoso.com', '', reason), stacks);
  expect(person).toBe('ana@contoso.com');
  expect(read).toBe('Back ### Account mallory@contoso.com $(id) @here <b>');
});
