import { expect, it } from 'vitest';
import { GraphqlRefusal } from './github-errors.ts';
import { askViewer, isWrittenBy } from './viewer.ts';

it('a bot’s login is as REST has it', async () => {
  const viewer = { login: 'dormant-app[bot]', databaseId: 7 };
  expect(await askViewer(async () => ({ viewer }))).toEqual({ id: 7, login: 'dormant-app[bot]' });
});

it.each([
  [
    'a refusal',
    () => Promise.reject(new GraphqlRefusal('FORBIDDEN', 'Not with this token.')),
    /: Not with this token\.$/,
  ],
  ['nobody', () => Promise.resolve({ viewer: null }), /whose token this is\.$/],
  ['no number', () => Promise.resolve({ viewer: { login: 'ana', databaseId: null } }), /whose token this is\.$/],
])('%s for an answer ends the run: nothing may be taken for ours then', async (_, ask, message) => {
  await expect(askViewer(ask)).rejects.toMatchObject({
    code: 'github-refused',
    message: expect.stringMatching(message),
  });
});

it('what nobody is the author of any more is not ours', () => {
  expect(isWrittenBy({ id: 7, login: 'ana' }, null)).toBe(false);
});
