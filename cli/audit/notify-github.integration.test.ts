import { expect, test } from 'vitest';
import { aGitHub } from '../../forge/github/git-hub.fixture.ts';
import { DormantError } from '../../policy/errors.ts';
import { runAndNotify } from './notify-github.ts';

test('an audit that fails is told to the owners of the stack’s accounts, and fails by its own error', async () => {
  const files = { '.github/CODEOWNERS': '/stacks/contoso/ @riley @contoso/identity\n' };
  const { repository, standIn, connect } = await aGitHub({ files });
  const audited = { repo: await repository.clone(), stack: 'contoso' };
  const fail = () => Promise.reject(new DormantError('no-emulator', 'The tenant is away.'));
  await expect(runAndNotify(connect(), audited, fail)).rejects.toThrow('The tenant is away.');
  expect(standIn.state.issues[0]?.body).toMatch(/The tenant is away\..*\n@riley @contoso\/identity: /s);
});
