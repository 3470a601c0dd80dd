// Whether it can be known who is in the groups that the policy names by populations and scope.
import { getListOrEmpty, requireFields } from '../../../graph/json-fields.ts';
import { buildNamedGroupPath, parseNamedGroup } from '../../../graph/named-groups.ts';
import { RequestFailed } from '../../../graph/request-failed.ts';
import { listNamedGroups } from '../../../policy/populations/named-groups.ts';
import type { GroupReference } from '../../../policy/schemas/populations.ts';
import { listStacks } from '../../../stacks/working-tree.ts';
import { type Check, type Finding, fail, pass, skip } from '../check.ts';
import type { DoctorContext } from '../context.ts';

export const peopleGroups: Check = {
  name: 'groups of people',
  needs: 'sign-in',
  async run(context) {
    const named = listNamedGroups(context.files.policy.value);
    if (named.length === 0) return skip('no population and no scope names a group');
    // policy.yaml is for every stack of the repository: a group that this tenant has not may be another's.
    const isShared = (await listStacks(context.root)).length > 1;
    const found = await Promise.all(named.map((group) => examineGroup(group, context)));
    const problems = found.flatMap((problem) => {
      if (problem === null || (problem.isMissing && isShared)) return [];
      return [{ ...fail(`${problem.says}: ${follows}`, problem.fix), about: problem.about }];
    });
    if (problems.length > 0) return problems;
    const missing = found.filter((problem) => problem !== null).length;
    const others = missing === 0 ? '' : `; ${missing} of them are in another tenant of this repository`;
    return pass(`${named.length} named by populations and scope, and who is in them can be read${others}`);
  },
};

const follows =
  'nobody is inside a scope by it, and whoever may be in it for a population waits for the longest silence of all';

interface GroupProblem extends Required<Pick<Finding, 'about'>> {
  isMissing: boolean;
  says: string;
  fix: string;
}

/** null: its members can be read. */
async function examineGroup(reference: GroupReference, { connection }: DoctorContext): Promise<GroupProblem | null> {
  const about = 'id' in reference ? reference.id : reference.name;
  const path = buildNamedGroupPath(reference);
  try {
    const { status, body } = await connection.graph.send({ source: 'doctor', path });
    if (parseNamedGroup({ status, body }) !== null) return null;
    const found = 'id' in reference ? 1 : getListOrEmpty(requireFields(body, path), 'value', path).length;
    return { about, ...describeProblem(found) };
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    if (error.status === 404) return { about, ...describeProblem(0) };
    if (error.status !== 403) throw error;
    return {
      about,
      isMissing: false,
      says: 'it may not be read',
      fix: 'grant GroupMember.Read.All (pulumi -C bootstrap up)',
    };
  }
}

function describeProblem(found: number): Omit<GroupProblem, 'about'> {
  if (found === 0)
    return { isMissing: true, says: 'the tenant has no such group', fix: 'correct it in policy/policy.yaml' };
  if (found > 1)
    return {
      isMissing: false,
      says: 'more than one group has this name',
      fix: 'name it by its id in policy/policy.yaml',
    };
  return {
    isMissing: false,
    says: 'its members are hidden (visibility HiddenMembership)',
    fix: 'name a group whose members are not hidden in policy/policy.yaml',
  };
}
