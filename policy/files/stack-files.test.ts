import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idOf } from '../account.fixture.ts';
import { aPolicy } from '../policy.fixture.ts';
import type { Tenant } from '../schemas/tenant.ts';
import { listPipelineAccounts, loadStack, requireStackName } from './stack-files.ts';

function isTaken(name: string): boolean {
  try {
    requireStackName(name);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'stack-name', exitCode: 2 });
    return false;
  }
}

test('the account through which HR is told is an account of the pipeline, and so is never planned', () => {
  const tenant: Tenant = {
    tenantId: idOf('contoso'),
    cloud: 'emulator',
    audit: { clientId: idOf('audit') },
    apply: { clientId: idOf('apply') },
    notifications: { sender: 'a@contoso.com', replyTo: 'b@contoso.com' },
    timeZone: 'UTC',
    currency: 'USD',
  };
  const policy = aPolicy({ notifications: { hrContact: 'HR@contoso.com' } });
  expect(listPipelineAccounts(tenant, policy)).toContain('hr@contoso.com');
  expect(listPipelineAccounts(tenant, aPolicy())).toHaveLength(3);
});

test.each(['contoso', 'contoso-eu', 'contoso.onmicrosoft.com', 'a_1'])('%s is a stack’s name', (name) => {
  expect(isTaken(name)).toBe(true);
});

test.each(['', '.', '..', '../contoso', '/etc', 'a/b', 'a\\b', 'con toso', '-', '--repo', 'a\nb', 'ä', '$(id)'])(
  '%j is none',
  (name) => {
    expect(isTaken(name)).toBe(false);
  },
);

test('whatever is taken for a name is a folder right below stacks/, on every system, and no option', () => {
  const piece = fc.constantFrom('.', '/', '\\', '-', ' ', ':', '~', '$', 'a', 'B', '7', '\0', '\n', '%2e');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
        fc.string(),
      ),
      (name) => {
        if (!isTaken(name)) return;
        expect(posix.dirname(posix.normalize(`stacks/${name}`))).toBe('stacks');
        expect(win32.dirname(win32.normalize(`stacks\\${name}`))).toBe('stacks');
        expect(name).not.toMatch(/^-|\s/);
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  [[], 'stacks/contoso/tenant.yaml'],
  [['stacks/contoso/tenant.yaml'], 'policy/policy.yaml'],
  [['stacks/contoso/tenant.yaml', 'policy/policy.yaml'], 'policy/prices.yaml'],
])('with nothing but %j the file that is told is %s, whichever is read fastest', async (there, missing) => {
  for (const slowest of ['stacks/contoso/tenant.yaml', 'policy/policy.yaml', 'policy/prices.yaml']) {
    const read = async (path: string) => {
      if (path === slowest) await new Promise(setImmediate);
      return there.includes(path) ? '' : null;
    };
    await expect(loadStack({ list: async () => [], read }, 'contoso')).rejects.toMatchObject({
      code: 'missing-file',
      where: missing,
    });
  }
});
