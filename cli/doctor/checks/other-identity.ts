// The grants of the identity that is not signed in, read from the directory, which shows both.
import { appRoles } from '../../../bootstrap/app-roles.ts';
import { type PipelineIdentity, pipelineIdentities } from '../../../bootstrap/grants.ts';
import { type Fields, findText, getListOrEmpty, requireFields, requireText } from '../../../graph/json-fields.ts';
import { listAll } from '../../../graph/pages.ts';
import { RequestFailed } from '../../../graph/request-failed.ts';
import type { Transport } from '../../../graph/transport.ts';
import { foldId } from '../../../policy/identifiers.ts';
import { type Check, type Finding, fail, pass, skip, warn } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { compareGrants, isDispensable } from '../expected-grants.ts';

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
  const { missing, surplus } = compareGrants(identity, context.files.policy.value, granted);
  const broken = surplus.filter(({ breaks }) => breaks.length > 0);
  if (broken.length > 0) return fail(`too much: ${broken.map(describeSurplus).join('; ')}`, fix);
  const lacking = missing.filter((grant) => !isDispensable(grant)).map(({ appRole }) => appRole);
  if (lacking.length > 0) return fail(`lacks ${lacking.join(', ')}`, fix);
  if (surplus.length > 0) return warn(`more than it needs: ${surplus.map(({ appRole }) => appRole).join(', ')}`, fix);
  return pass('as this policy needs');
}

function describeSurplus({ appRole, breaks }: { appRole: string; breaks: readonly string[] }): string {
  return `${appRole} (${breaks.join(' ')})`;
}

/** null: no service principal has that client id. */
async function readGrants(identity: PipelineIdentity, { connection, files }: DoctorContext): Promise<string[] | null> {
  const { graph } = connection;
  const { clientId } = files.tenant.value[identity];
  const filter = encodeURIComponent(`appId eq '${clientId}'`);
  const path = `/servicePrincipals?$filter=${filter}&$select=id`;
  const [principal] = await listAll(graph, { source: 'doctor', path });
  if (principal === undefined) return null;
  const id = requireText(requireFields(principal, path), 'id', path);
  const grantsPath = `/servicePrincipals/${id}/appRoleAssignments`;
  const assignments = await listAll(graph, { source: 'doctor', path: grantsPath });
  return Promise.all(
    assignments.map((assignment) => readRoleName(graph, requireFields(assignment, grantsPath), grantsPath)),
  );
}

/** A role that is not in our table gets its name from the API that offers it: only the name says what it allows. */
async function readRoleName(graph: Transport, assignment: Fields, where: string): Promise<string> {
  const appRoleId = foldId(requireText(assignment, 'appRoleId', where));
  const known = Object.entries(appRoles).find(([, { id }]) => id === appRoleId)?.[0];
  if (known !== undefined) return known;
  const path = `/servicePrincipals/${requireText(assignment, 'resourceId', where)}?$select=appRoles`;
  const { body } = await graph.send({ source: 'doctor', path });
  const offered = getListOrEmpty(requireFields(body, path), 'appRoles', path).map((role) => requireFields(role, path));
  const role = offered.find((each) => foldId(findText(each, 'id', path) ?? '') === appRoleId);
  return (role && findText(role, 'value', path)) ?? appRoleId;
}
