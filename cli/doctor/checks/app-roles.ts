// Each app role of the signed-in identity: in the token, answered when it is used, and no more than it needs.
import type { Grant } from '../../../bootstrap/grants.ts';
import { type Check, type Finding, fail, pass, skip, warn } from '../check.ts';
import { compareGrants, dispensable, type GrantComparison } from '../expected-grants.ts';
import { probe } from '../probes.ts';
import type { Scene } from '../scene.ts';

export const appRoles: Check = {
  name: 'app role',
  needs: 'sign-in',
  async run(scene) {
    const { signIn, identity, files } = scene;
    if (!signIn.ok || signIn.who === 'a person')
      return skip('a person is signed in: the roles of the pipeline are not in the token');
    const compared = compareGrants(identity, files.policy.value, signIn.appRoles);
    const held = await Promise.all(compared.held.map((grant) => heldFinding(grant, scene)));
    return [
      ...held,
      ...compared.missing.map((grant) => missingFinding(grant, scene.stack)),
      ...tooMany(compared, scene),
    ];
  },
};

async function heldFinding({ appRole, why }: Grant, scene: Scene): Promise<Finding> {
  const answered = await probe(appRole, scene);
  if (answered === 'allowed') return { ...pass('granted, and answers'), about: appRole };
  if (answered === 'untried') return { ...pass('granted; only writes, so not tried'), about: appRole };
  if (answered === 'unlicensed')
    return { ...pass('granted; the tenant has no licence for what it reads'), about: appRole };
  const mend =
    appRole === 'Exchange.ManageAsApp'
      ? `pulumi -C bootstrap stack output exchangeCommands --stack ${scene.stack} (to run in Exchange)`
      : `needed for: ${why}`;
  return { ...fail(`granted, but ${answered.refused}`, mend), about: appRole };
}

function missingFinding({ appRole, option, why }: Grant, stack: string): Finding {
  const mend = `pulumi -C bootstrap up --stack ${stack}`;
  const follows = option === null ? undefined : dispensable[option];
  const finding =
    follows === undefined
      ? fail(`not granted; needed for: ${why}`, mend)
      : warn(`not granted: ${follows}`, mend);
  return { ...finding, about: appRole };
}

function tooMany({ unused, surplus }: GrantComparison, { files, identity }: Scene): Finding[] {
  const { clientId } = files.tenant.value[identity];
  const takeBack = `take it back in Entra: enterprise application ${clientId}, Permissions`;
  return [
    ...unused.map(({ appRole, why }) =>
      appRole === 'Mail.Send'
        ? {
            ...warn('may send as anybody in the tenant', 'set dormant-bootstrap:mail to scoped'),
            about: appRole,
          }
        : { ...warn(`not called for by this policy (${why})`, takeBack), about: appRole },
    ),
    ...surplus.map(({ appRole, breaks }) =>
      breaks.length > 0
        ? { ...fail(`too much: ${breaks.join(' ')}`, takeBack), about: appRole }
        : { ...warn('more than it needs', takeBack), about: appRole },
    ),
  ];
}
