// Dormant's own repository has no tenant's files: somebody who follows the guides in a clone of it begins with none of theirs there.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const git = async (...args: string[]) => (await execa('git', ['-C', root, ...args], { reject: false })).stdout;

/** What `pulumi`, `dormant init`, an audit and the guides write for one tenant. */
const ofTenant = [
  /(^|\/)Pulumi\.[^/]+\.ya?ml$/,
  /^stacks\/[^/]+\/(tenant|escalations)\.yaml$/,
  /^stacks\/[^/]+\/(accounts|archive)\/[^/]+\.yaml$/,
  /^stacks\/[^/]+\/(accounts|archive)\/\.gitkeep$/,
  /^(outputs|history|import)\.json$/,
  /(^|\/)exchange\.ps1$/,
  /\.(pem|key|pfx)$/,
];

function listTenantFiles(paths: readonly string[]): string[] {
  return paths.filter((path) => ofTenant.some((pattern) => pattern.test(path)));
}

test.each([
  'bootstrap/Pulumi.contoso.yaml',
  'Pulumi.contoso.yaml',
  'stacks/contoso/tenant.yaml',
  'stacks/contoso/accounts/ana@contoso.com.yaml',
  'stacks/contoso/archive/ana@contoso.com.yaml',
  'outputs.json',
  'exchange.ps1',
  'history.json',
])('this would be found: %s', (path) => {
  expect(listTenantFiles([path])).toEqual([path]);
});

test('no file of a tenant is tracked here, but in a team’s copy', async ({ skip }) => {
  const own = /github\.com\/([^/]+\/[^/.]+)/.exec(
    JSON.parse(readFileSync(`${root}/package.json`, 'utf8')).repository.url,
  );
  const remotes = [...(await git('remote', '-v')).matchAll(/github[^/:]*[/:]([^/]+\/[^/\s]+?)(?:\.git)?\s/g)];
  const here = process.env.GITHUB_REPOSITORY || remotes[0]?.[1];
  skip(here !== undefined && here !== own?.[1], 'a copy, whose tenants are its own');
  const tracked = (await git('ls-files')).split('\n');
  expect(tracked).toContain('bootstrap/Pulumi.yaml');
  expect(listTenantFiles(tracked)).toEqual([]);
});

test('what the guides write in the root of a clone is ignored by git', async () => {
  const paths = ['outputs.json', 'exchange.ps1', 'history.json', 'import.json', 'out/contoso/audit.json'];
  expect((await git('check-ignore', '--no-index', ...paths)).split('\n')).toEqual(paths);
});
