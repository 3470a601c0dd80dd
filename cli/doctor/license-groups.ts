// Whether the apply can leave the groups that the policy names for their licence, and no other.
import { RequestFailed } from '../../graph/request-failed.ts';
import { foldId, type GroupId } from '../../policy/identifiers.ts';
import { locatePage } from '../../policy/words/locate-page.ts';
import { listStacks } from '../../stacks/working-tree.ts';
import { type Finding, fail, pass, skip } from './check.ts';
import type { DoctorContext } from './context.ts';
import { findPrincipalId } from './directory-rights.ts';
import { type GroupReach, readGroupReach } from './group-reach.ts';
import { type NamedGroupFound, type NamedLicenseGroups, readLicenseGroup, resolveNames } from './named-groups.ts';

/** Findings of the groups that are wrong, or one that passes. */
export async function examineLicenseGroups(policy: NamedLicenseGroups, context: DoctorContext): Promise<Finding[]> {
  try {
    const principalId = await findPrincipalId('apply', context);
    if (principalId === null) return [skip('the apply is not in the tenant')];
    // policy.yaml is for every stack of the repository: a group that this tenant has not may be another's.
    const isShared = (await listStacks(context.root)).length > 1;
    const [reach, { ids, problems: ofNames }] = await Promise.all([
      readGroupReach(principalId, context),
      resolveNames(policy, { context, isShared }),
    ]);
    const read = await Promise.all(ids.map((id) => readLicenseGroup(id, context)));
    const groups = read.filter(({ isGone }) => !isGone || !isShared);
    const named = { ids: groups.map(({ id }) => id), rights: policy.rights };
    const problems = [
      ...ofNames,
      ...judgeEverywhere(named, reach, context),
      ...judgeReached(named, reach),
      ...groups.flatMap((group) => judgeNamed(group, { named, reach, context })),
    ];
    return problems.length > 0 ? problems : [pass(describeReach(named, reach))];
  } catch (error) {
    if (!(error instanceof RequestFailed) || error.status !== 403) throw error;
    return [skip(`${context.identity} may not read whose members the apply may change (Directory.Read.All)`)];
  }
}

interface KnownLicenseGroups {
  ids: readonly GroupId[];
  rights: NamedLicenseGroups['rights'];
}

function judgeEverywhere(named: KnownLicenseGroups, reach: GroupReach, { stack }: DoctorContext): Finding[] {
  const { ids, rights } = named;
  const widest = 'may change the members of every group that is not role-assignable';
  const [appRole] = reach.appRoles;
  if (rights === 'tenant' && appRole === undefined)
    return [
      fail(
        'the policy says groupRights: tenant, and GroupMember.ReadWrite.All is not granted',
        `${setConfig('licenseGroups', 'tenant', stack)} && ${buildUp(stack)}`,
      ),
    ];
  const limit =
    ids.length === 0 ? `${setConfig('licenseGroups', 'none', stack)} && ${buildUp(stack)}` : buildScope(named, stack);
  return [
    ...(rights === 'scoped' && appRole !== undefined
      ? [fail(`${appRole} ${widest}, and the policy does not say groupRights: tenant`, limit)]
      : []),
    ...reach.everywhere.map(({ displayName, assignmentId }) =>
      fail(
        `the Entra role ${displayName} ${widest}: it is assigned for the whole tenant`,
        `take it back in Entra (Roles & admins, ${displayName}): role assignment ${assignmentId}`,
      ),
    ),
  ];
}

/** The commands that bring the named groups into reach, and no other. */
function buildScope({ ids }: KnownLicenseGroups, stack: string): string {
  const scope = setConfig('licenseGroups', 'scoped', stack);
  return `${scope} && ${setConfig('licenseGroupIds', ids.join(','), stack)} && ${buildUp(stack)}`;
}

function setConfig(key: string, value: string, stack: string): string {
  return `pulumi -C bootstrap config set ${key} ${value} --stack ${stack}`;
}

function buildUp(stack: string): string {
  return `pulumi -C bootstrap up --stack ${stack}`;
}

/** Groups that it reaches by an Entra role and the policy does not name. */
function judgeReached({ ids }: KnownLicenseGroups, { groups }: GroupReach): Finding[] {
  const named = new Set(ids.map(foldId));
  return groups
    .filter(({ id }) => !named.has(id))
    .map(({ id, displayName, by }) => ({
      ...fail(
        `the policy does not name it, and the role assignment ${by.assignmentId} (${by.displayName} at ${by.scope}) reaches it`,
        `take ${id} out of licenseGroupIds of the bootstrap and out of the administrative unit in Entra, or name it in policy/policy.yaml`,
      ),
      about: displayName,
    }));
}

interface NamedGroupQuery {
  named: KnownLicenseGroups;
  reach: GroupReach;
  context: DoctorContext;
}

function judgeNamed(
  { id, displayName, obstacle }: NamedGroupFound,
  { named, reach, context }: NamedGroupQuery,
): Finding[] {
  const problems: Finding[] = [];
  if (obstacle !== null)
    problems.push(
      fail(`nobody can be taken out of it: it ${obstacle}`, 'take it out of licenses.groups in policy/policy.yaml'),
    );
  const isReached = reachesEverywhere(reach) || reach.groups.some((group) => group.id === foldId(id));
  // `tenant` without the app role is one finding, not one a group.
  if (!isReached && named.rights === 'scoped')
    problems.push(
      fail(
        'the policy names it, and no Entra role of the apply reaches it: the apply is refused (403)',
        buildScope(named, context.stack),
      ),
    );
  return problems.map((problem) => ({ ...problem, about: displayName }));
}

function reachesEverywhere({ appRoles, everywhere }: GroupReach): boolean {
  return appRoles.length + everywhere.length > 0;
}

function describeReach({ ids, rights }: KnownLicenseGroups, { scoped }: GroupReach): string {
  if (rights === 'tenant') return 'the members of every group, as policy and bootstrap say: groupRights: tenant';
  if (ids.length === 0) return 'the members of no group';
  const roles = scoped.map(({ displayName, assignmentId }) => `${displayName} (role assignment ${assignmentId})`);
  return `the members of ${ids.length === 1 ? 'the one group' : `the ${ids.length} groups`} that the policy names, and of no other, by ${roles.join(', ')}; if it is refused all the same (403), see ${locatePage('guides/adopt.md')}, Groups that give licences`;
}
