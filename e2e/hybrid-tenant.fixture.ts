// For tests of the quarantine: a tenant with synced people, the stand-in for the plugin, and the results.
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { findAzureadArchive, getAzureadFolder } from '../stacks/engine/azuread-plugin.ts';
import { getInstallFolder } from '../stacks/engine/pulumi-cli/install-archive.ts';
import { summariseChanges } from '../stacks/record/summarise-changes.ts';
import { previewStack, type StackOutcome } from '../stacks/run-stack.ts';
import { aMergedRepository, generousLimits, type MergedRepository, stack } from './merged-repository.fixture.ts';

/** Puts the stand-in where the verified plugin is installed; the returned function removes it. */
export async function useStandIn(): Promise<() => void> {
  return useCache(fileURLToPath(new URL('azuread', import.meta.url)));
}

/** As if this machine had the CLI that it has, and that folder's azuread plugin; null: none. */
export async function useCache(plugin: string | null): Promise<() => void> {
  const { XDG_CACHE_HOME } = process.env;
  const own = dirname(getInstallFolder(process.env, '', '', ''));
  const cache = join(await mkdtemp(join(tmpdir(), 'cache-')), 'dormant');
  await mkdir(cache);
  for (const name of await readdir(own))
    if (name.startsWith('pulumi-')) await symlink(join(own, name), join(cache, name));
  process.env.XDG_CACHE_HOME = dirname(cache);
  const archive = await findAzureadArchive();
  if (plugin !== null && archive !== null) await symlink(plugin, getAzureadFolder(archive, process.env));
  const restoreEnvironment = () => {
    if (XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = XDG_CACHE_HOME;
  };
  onTestFinished(restoreEnvironment);
  return restoreEnvironment;
}

export async function aHybridTenant(...kinds: string[]): Promise<MergedRepository> {
  const repository = await aMergedRepository(
    ['cloudy'],
    kinds.map((kind) => ({ kind, synced: true })),
    // The stand-in does not wait for what it has written to show, as the plugin does.
    { switches: { weather: null } },
  );
  await repository.setPolicy({ ...generousLimits, onPremises: { quarantine: 'report-only' } });
  return repository;
}

const enforcedPolicy = { ...generousLimits, onPremises: { quarantine: 'enforced' as const } };

export async function anEnforcedQuarantine(...kinds: string[]): Promise<MergedRepository> {
  await useStandIn();
  return aQuarantine(...kinds);
}

/** Uses the plugin that the engine finds. */
export async function aQuarantine(...kinds: string[]): Promise<MergedRepository> {
  const repository = await aHybridTenant(...kinds);
  await repository.setPolicy(enforcedPolicy);
  await repository.merge('disable', kinds);
  await repository.apply();
  return repository;
}

export const deleteState = ({ folder }: MergedRepository) => rm(join(folder, 'out', stack), { recursive: true });

/** How many groups and policies of the quarantine the tenant has. */
export const countQuarantineObjects = ({ emulator }: MergedRepository) => {
  const { groups, policies } = emulator.tenant.directory;
  const own = [...groups.values()].filter(({ properties }) => properties.displayName.startsWith('Dormant'));
  return { groups: own.length, policies: policies.size };
};

/** The group's members by kind and the policy, as the tenant has them; null: neither exists. */
export function findQuarantine({ emulator, findKind }: MergedRepository) {
  const { groups, policies } = emulator.tenant.directory;
  const group = [...groups.values()].find(({ properties }) => properties.displayName.startsWith('Dormant'));
  const [policy] = policies.values();
  if (!group && !policy) return null;
  return {
    members: [...(group?.members ?? [])].map(findKind).sort(),
    state: policy?.properties.state,
    blocks: JSON.stringify(policy?.properties.conditions ?? {}).includes(group?.id ?? 'no group'),
  };
}

export const applyAndListQuarantined = async (repository: MergedRepository) => {
  const { files } = await repository.buildOptions();
  const { quarantined, failed, corrected } = summariseChanges(await repository.apply(), files);
  return {
    ...(corrected && corrected.length > 0 ? { corrected } : {}),
    quarantined: quarantined.map(({ userPrincipalName, how }) => `${userPrincipalName} ${how}`).sort(),
    failed: failed.filter(({ displayName }) => displayName === 'The quarantine'),
  };
};

export function listDirectoryWrites({ emulator }: MergedRepository, after: number): string[] {
  return (
    emulator.log
      .listEntries({ after })
      // One that was throttled came again.
      .filter(
        ({ method, path, status }) => method !== 'GET' && status !== 429 && /\/(groups|policies)(\/|$)/.test(path),
      )
      .map(({ method, path }) => `${method} ${path}`)
  );
}

/** Previews as a pull request's job does: signed in as the identity that only reads. */
export async function previewAsAudit(repository: MergedRepository): Promise<StackOutcome> {
  const { AZURE_CLIENT_SECRET: own } = process.env;
  process.env.AZURE_CLIENT_SECRET = repository.envOf('audit').AZURE_CLIENT_SECRET;
  try {
    return await previewStack({ ...(await repository.buildOptions()), identity: 'audit' });
  } finally {
    process.env.AZURE_CLIENT_SECRET = own;
  }
}

/** Paul and Rita are blocked in the files and held by the quarantine, which only reports; Sam comes later. */
export async function holdFromDisableOn() {
  await useStandIn();
  const repository = await aHybridTenant('paul', 'rita', 'sam');
  await repository.merge('review', ['sam']);
  await repository.merge('disable', ['paul', 'rita', 'cloudy']);
  const preview = await previewStack({ ...(await repository.buildOptions()), identity: 'apply' });
  expect(preview.quarantine).toMatchObject({ mode: 'report-only', releases: [], failures: [] });
  expect(preview.quarantine?.holds.map(repository.findKind).sort()).toEqual(['paul', 'rita']);
  expect(findQuarantine(repository)).toBeNull();
  expect(await applyAndListQuarantined(repository)).toEqual({
    quarantined: ['paul@contoso.com report-only', 'rita@contoso.com report-only'],
    failed: [],
  });
  const reportOnly = { state: 'enabledForReportingButNotEnforced', blocks: true };
  expect(findQuarantine(repository)).toEqual({ members: ['paul', 'rita'], ...reportOnly });

  const mark = repository.emulator.log.last;
  expect((await repository.apply()).quarantine).toBeNull();
  expect(listDirectoryWrites(repository, mark)).toEqual([]);
  return { repository, mark, reportOnly };
}
