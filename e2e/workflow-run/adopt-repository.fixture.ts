// Adopts this repository, or one that `dormant init --new` has made, as a company does once: adds its tenants and pushes to main.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Emulator } from '@dormant-m365/emulator';
import { execa } from 'execa';
import { createGit } from '../../forge/git/git.ts';
import { aFactsKey } from '../../policy/signing/signing.fixture.ts';

/** The root of this project. */
export const repositoryRoot = join(import.meta.dirname, '..', '..');

/** When the repository was adopted. */
export const longAgo = '2026-01-01T12:00:00Z';

interface Adoption {
  /** A folder that becomes a clone of `bare`. */
  work: string;
  bare: string;
  tenant: Emulator;
  stacks: readonly string[];
  /** A folder that `dormant init --new` has made; null: this repository. */
  team: string | null;
  /** Stacks that name a tenant and identities that do not exist. */
  broken: readonly string[];
}

export async function adoptRepository({ work, bare, tenant, stacks, team, broken }: Adoption): Promise<void> {
  if (team === null) await copyOwnRepository(work);
  else await cp(team, work, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
  for (const stack of stacks) {
    const path = join(work, 'stacks', stack, 'tenant.yaml');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, renderTenantYaml(tenant, broken.includes(stack)));
  }
  const git = createGit(work);
  await git.run(['init', '--quiet', '--initial-branch=main']);
  await git.run(['config', 'user.name', 'Ana Lind']);
  await git.run(['config', 'user.email', 'ana@contoso.com']);
  await git.run(['add', '--all']);
  // Long ago: no commit on main counts as of an earlier day than the one before it.
  const env = { GIT_COMMITTER_DATE: longAgo };
  await execa('git', ['-C', work, 'commit', '--quiet', '--message=Adopt Dormant'], { env });
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  await git.run(['remote', 'add', 'origin', bare]);
  await git.run(['push', '--quiet', '--set-upstream', 'origin', 'main']);
}

async function copyOwnRepository(work: string): Promise<void> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = await execa('git', ['-C', repositoryRoot, ...args]);
  for (const path of listed.stdout.split('\0').filter((name) => name !== '' && !isOmitted(name))) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await cp(join(repositoryRoot, path), join(work, path)).catch(() => {}); // deleted in the working tree, not yet in git
  }
  for (const path of ['policy/policy.yaml', 'policy/prices.yaml', 'exemptions.yaml'])
    await cp(join(repositoryRoot, 'policy/defaults', basename(path)), join(work, path));
}

/** What no workflow reads, and tenants of whoever uses this repository as it is. */
function isOmitted(path: string): boolean {
  return path.startsWith('docs/') || /^stacks\/[^/]+\/(accounts\/|archive\/|[^/]+\.yaml$)/.test(path);
}

function renderTenantYaml({ tenant, identities }: Emulator, isBroken: boolean): string {
  const { name, publicKey } = aFactsKey();
  const nobody = '00000000-0000-4000-8000-000000000000';
  const renderClient = (name: string) => `{ clientId: ${isBroken ? nobody : (identities[name]?.clientId ?? nobody)} }`;
  return `tenantId: ${isBroken ? nobody : tenant.id}
cloud: emulator
audit: ${renderClient('audit')}
apply: ${renderClient('apply')}
notifications: { sender: it-lifecycle@contoso.com, replyTo: it-lifecycle@contoso.com }
timeZone: Europe/Berlin
currency: USD
reportNames: concealed
signing: { current: { name: ${name}, publicKey: ${publicKey} } }
`;
}
