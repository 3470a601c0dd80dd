// Each app role of the signed-in identity: in the token, usable, and not more than it needs.
import type { Grant } from '../../../bootstrap/grants.ts';
import { type Check, type Finding, fail, pass, skip, warn } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { compareGrants, describeAbsence, type GrantComparison } from '../expected-grants.ts';
import { tryAppRole } from '../probes.ts';

export const appRoles: Check = {
  name: 'app role',
  needs: 'sign-in',
  async run(context) {
    const { signIn, identity, files } = context;
    if (!signIn.ok || signIn.who === 'a person')
      return skip('a person is signed in: the roles of the pipeline are not in the token');
    const compared = compareGrants(identity, files.policy.value, signIn.appRoles);
    const heldFindings = await Promise.all(compared.granted.map((grant) => examineHeldRole(grant, context)));
    return [
      ...heldFindings,
      ...compared.missing.map((grant) => judgeMissing(grant, context)),
      ...judgeExcess(compared, context),
    ];
  },
};

async function examineHeldRole({ appRole, why }: Grant, context: DoctorContext): Promise<Finding> {
  const result = await tryAppRole(appRole, context);
  if (result === 'allowed') return { ...pass('granted, and works'), about: appRole };
  if (result === 'untried') return { ...pass('granted; only writes, so not tried'), about: appRole };
  if (result === 'unlicensed')
    return { ...pass('granted; the tenant has no licence for what it reads'), about: appRole };
  const fix =
    appRole === 'Exchange.ManageAsApp'
      ? `in Exchange, what \`pulumi -C bootstrap stack output exchangeCommands --stack ${context.stack}\` prints`
      : `needed for: ${why}`;
  return { ...fail(`granted, but ${result.refused}`, fix), about: appRole };
}

function judgeMissing(grant: Grant, { files, stack }: DoctorContext): Finding {
  const { appRole, why } = grant;
  const fix = `pulumi -C bootstrap up --stack ${stack}`;
  const follows = describeAbsence(grant, files.policy.value);
  const finding =
    follows === null ? fail(`not granted; needed for: ${why}`, fix) : warn(`not granted: ${follows}`, fix);
  return { ...finding, about: appRole };
}

function judgeExcess({ unused, surplus }: GrantComparison, { files, identity }: DoctorContext): Finding[] {
  const { clientId } = files.tenant.value[identity];
  const takeBack = `take it back in Entra: enterprise application ${clientId}, Permissions`;
  return [
    ...unused.map(({ appRole, why }) =>
      appRole === 'Mail.Send'
        ? {
            ...warn('may send as anybody in the tenant', 'set dormant-bootstrap:mail to scoped'),
            about: appRole,
          }
        : { ...warn(`not needed by this policy (${why})`, takeBack), about: appRole },
    ),
    ...surplus.map(({ appRole, breaks }) =>
      breaks.length > 0
        ? { ...fail(`too much: ${breaks.join(' ')}`, takeBack), about: appRole }
        : { ...warn('more than it needs', takeBack), about: appRole },
    ),
  ];
}
