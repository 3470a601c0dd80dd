// The Entra roles of both identities: none that deletes or gives rights, and none beside those that the bootstrap makes.
import { type PipelineIdentity, pipelineIdentities } from '../../../bootstrap/grants.ts';
import { RequestFailed } from '../../../graph/request-failed.ts';
import { type Check, type Finding, fail, pass, skip, warn } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { type EntraRole, findPrincipalId, readEntraRoles } from '../directory-rights.ts';
import { describeDanger, isOfBootstrap } from '../judge-entra-role.ts';

export const entraRoles: Check = {
  name: 'Entra roles of',
  needs: 'sign-in',
  async run(context) {
    return (await Promise.all(pipelineIdentities.map((identity) => examine(identity, context)))).flat();
  },
};

async function examine(identity: PipelineIdentity, context: DoctorContext): Promise<Finding[]> {
  try {
    const principalId = await findPrincipalId(identity, context);
    const roles = principalId === null ? [] : await readEntraRoles(principalId, context);
    const findings = roles.map((role) => judge(role, identity)).filter((finding) => finding !== null);
    return findings.length > 0
      ? findings
      : [{ ...pass(roles.length === 0 ? 'none' : listNames(roles)), about: identity }];
  } catch (error) {
    if (!(error instanceof RequestFailed) || error.status !== 403) throw error;
    return [{ ...skip(`${context.identity} may not read them`), about: identity }];
  }
}

/** null: it is as the bootstrap made it. */
function judge(role: EntraRole, identity: PipelineIdentity): Finding | null {
  const { displayName, assignmentId } = role;
  const danger = describeDanger(role);
  const fix = `take it back in Entra (Roles & admins, ${displayName}): role assignment ${assignmentId}`;
  if (danger !== null) return { ...fail(`too much: ${displayName}. ${danger}`, fix), about: identity };
  if (identity === 'apply' && isOfBootstrap(role)) return null;
  return { ...warn(`more than it needs: ${displayName}`, fix), about: identity };
}

function listNames(roles: readonly EntraRole[]): string {
  return roles.map(({ displayName }) => displayName).join(', ');
}
