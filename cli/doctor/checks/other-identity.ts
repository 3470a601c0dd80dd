// The grants of the identity that is not signed in, read from the directory, which shows both.
import { type PipelineIdentity, pipelineIdentities } from '../../../bootstrap/grants.ts';
import { RequestFailed } from '../../../graph/request-failed.ts';
import { type Check, type Finding, fail, pass, skip, warn } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { findPrincipalId, readAppRoles } from '../directory-rights.ts';
import { compareGrants, describeAbsence } from '../expected-grants.ts';

export const otherIdentity: Check = {
  name: 'grants of',
  needs: 'sign-in',
  async run(context) {
    const { signIn, identity } = context;
    const isPerson = signIn.ok && signIn.who === 'a person';
    const others = pipelineIdentities.filter((each) => isPerson || each !== identity);
    return Promise.all(others.map((each) => examine(each, context)));
  },
};

async function examine(identity: PipelineIdentity, context: DoctorContext): Promise<Finding> {
  try {
    return { ...judge(identity, await readGrants(identity, context), context), about: identity };
  } catch (error) {
    if (!(error instanceof RequestFailed) || error.status !== 403) throw error;
    return { ...skip(`${context.identity} may not read the grants of others`), about: identity };
  }
}

function judge(identity: PipelineIdentity, granted: readonly string[] | null, context: DoctorContext): Finding {
  const fix = `pulumi -C bootstrap up --stack ${context.stack}`;
  if (granted === null) return fail('its application is not in the tenant, or has no service principal', fix);
  const policy = context.files.policy.value;
  const { missing, surplus } = compareGrants(identity, policy, granted);
  const broken = surplus.filter(({ breaks }) => breaks.length > 0);
  if (broken.length > 0) return fail(`too much: ${broken.map(describeSurplus).join('; ')}`, fix);
  const lacking = missing.filter((grant) => describeAbsence(grant, policy) === null).map(({ appRole }) => appRole);
  if (lacking.length > 0) return fail(`lacks ${lacking.join(', ')}`, fix);
  if (surplus.length > 0) return warn(`more than it needs: ${surplus.map(({ appRole }) => appRole).join(', ')}`, fix);
  return pass('as this policy needs');
}

function describeSurplus({ appRole, breaks }: { appRole: string; breaks: readonly string[] }): string {
  return `${appRole} (${breaks.join(' ')})`;
}

/** null: no service principal has its client id. */
async function readGrants(identity: PipelineIdentity, context: DoctorContext): Promise<string[] | null> {
  const principalId = await findPrincipalId(identity, context);
  return principalId === null ? null : readAppRoles(principalId, context);
}
