import { describe, expect, it } from 'vitest';
import { matchCodeOwners } from './code-owners.ts';

const text = `# comment
*                 @admin
/stacks/contoso/  @lee @contoso/hr   # both
/stacks/*/tenant.yaml @ops
exemptions.yaml   @hr-lead someone@contoso.com
docs/*.md         @writer
/stacks/fabrikam/accounts/
`;

describe('code owners', () => {
  it.each([
    ['README.md', ['admin'], []],
    ['stacks/contoso/accounts/ana@contoso.com.yaml', ['lee'], ['hr']],
    ['stacks/contoso/tenant.yaml', ['ops'], []],
    ['exemptions.yaml', ['hr-lead'], []],
    ['deep/exemptions.yaml', ['hr-lead'], []],
    ['docs/a.md', ['writer'], []],
    ['docs/deep/a.md', ['admin'], []],
    ['stacks/fabrikam/accounts/bo.yaml', [], []],
  ])('of %s are %j and the teams %j', (path, users, teams) => {
    expect(matchCodeOwners(text, [path])).toEqual({ users, teams });
  });

  it('of several paths are all of them, once', () => {
    expect(matchCodeOwners(text, ['README.md', 'stacks/contoso/accounts/x.yaml', 'LICENSE'])).toEqual({
      users: ['admin', 'lee'],
      teams: ['hr'],
    });
  });
});
