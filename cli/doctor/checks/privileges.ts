// Whether all privileged accounts can be recognised: what may not be read, and whether this policy needs it.
import { listMany } from '../../../graph/list-many.ts';
import { readPrivileges } from '../../../graph/privileges/read-privileges.ts';
import { listPrivilegeGaps, type PrivilegeGap } from '../../../policy/judge/privileges.ts';
import { type Check, type Finding, fail, pass, skip } from '../check.ts';

export const privileges: Check = {
  name: 'privileged accounts',
  needs: 'sign-in',
  async run({ connection, files, stack }) {
    const { access } = await readPrivileges(listMany(connection.graph, 'doctor'));
    const gaps = listPrivilegeGaps(access, files.policy.value);
    const findings = gaps.map((gap) => toFinding(gap, stack));
    return findings.some(({ status }) => status === 'fail')
      ? findings
      : [pass('roles, groups and units can be read as this policy asks for'), ...findings];
  },
};

function toFinding({ source, says, so, isRequired }: PrivilegeGap, stack: string): Finding {
  const finding = isRequired
    ? fail(
        `${says}, and the policy asks for it: proposals stay drafts, and the apply takes nothing`,
        buildFix(source, stack),
      )
    : skip(`${says}: ${so}`, buildFix(source, stack));
  return { ...finding, about: source };
}

/** Roles need no option: the bootstrap always grants them. */
function buildFix(source: PrivilegeGap['source'], stack: string): string {
  const up = `pulumi -C bootstrap up --stack ${stack}`;
  return source === 'roleEligibility' ? up : `pulumi -C bootstrap config set ${source} true --stack ${stack} && ${up}`;
}
