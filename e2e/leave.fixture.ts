// For tests of leaving: a repository of two tenants.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accountText } from '../audit/proposal/proposal.fixture.ts';
import { type AClone, aClone } from '../cli/commands/clone.fixture.ts';

/** Contoso, and beside it fabrikam with somebody who is blocked, an exemption of its own, owners and an open proposal. */
export async function aCloneOfTwo(): Promise<AClone> {
  const clone = await aClone();
  const { git, root } = clone;
  const tenant = await readFile(join(root, 'stacks/contoso/tenant.yaml'), 'utf8');
  const other = tenant.replace(/^tenantId: .*$/m, 'tenantId: 11111111-2222-4333-8444-555555555555');
  await write(clone, 'stacks/fabrikam/tenant.yaml', other);
  await write(clone, 'stacks/fabrikam/accounts/bo@contoso.com.yaml', accountText('bo', 'disable'));
  const until = 'until: 2027-03-31';
  const entry = `  - account: bo@fabrikam.com\n    stack: fabrikam\n    reason: leave\n    owner: HR\n    ${until}\n`;
  await write(clone, 'exemptions.yaml', `exemptions:\n${entry}`);
  const owners = await readFile(join(root, '.github/CODEOWNERS'), 'utf8');
  await write(clone, '.github/CODEOWNERS', `${owners}/stacks/fabrikam/ @contoso/fabrikam\n`);
  await commit(clone, 'Add fabrikam');
  await git('push', '-q', 'origin', 'main');
  await git('switch', '-q', '--create', 'dormant/fabrikam');
  await write(clone, 'stacks/fabrikam/accounts/cy@contoso.com.yaml', accountText('cy', 'notify'));
  await commit(clone, 'Propose Cy');
  await git('push', '-q', 'origin', 'dormant/fabrikam');
  await git('switch', '-q', 'main');
  return clone;
}

export async function write({ root }: AClone, path: string, text: string): Promise<void> {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), text);
}

export async function commit({ git }: AClone, message: string): Promise<void> {
  await git('add', '--all');
  await git('commit', '-q', '-m', message);
}
