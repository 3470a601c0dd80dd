// Puts back what a killed look left: names in usage reports that everybody may read. It takes a sign-in, because no token is kept.
import { concealNames } from '../../audit/collect/concealment.ts';
import { readJournal } from '../../audit/collect/concealment-journal.ts';
import { resolveEndpoints } from '../../graph/clouds.ts';
import { connectWith } from '../../graph/connect.ts';
import { type SignInFlow, signInPerson } from '../../graph/person/sign-in.ts';
import { DormantError } from '../../policy/errors.ts';
import { toTenantAccess } from '../audit/open-tenant.ts';
import { type LeftLook, listLookJournals, locateLookJournal } from './journal.ts';
import { createBrowserOpener } from './open-browser.ts';
import { reportNamesPermission } from './permissions.ts';

interface PutBackOptions {
  say(sentence: string): void;
  openBrowser?(address: string): Promise<void>;
  env: NodeJS.ProcessEnv;
  flow: SignInFlow;
}

/** Of each look that is not running any more; returns the ids of the tenants. Throws at the first that fails. */
export async function putBackNames(options: PutBackOptions): Promise<string[]> {
  const left = await listKilledLooks(options.env);
  for (const look of left) await putBackOne(look, options);
  return left.map(({ tenantId }) => tenantId);
}

/** Those that are running put it back themselves. */
export async function listKilledLooks(env: NodeJS.ProcessEnv): Promise<LeftLook[]> {
  const killed: LeftLook[] = [];
  for (const look of await listLookJournals(env)) if (!(await isRunning(look, env))) killed.push(look);
  return killed;
}

async function putBackOne(left: LeftLook, { env, ...options }: PutBackOptions): Promise<void> {
  const { tenantId, signIn } = left;
  const { cloud, clientId, userPrincipalName } = signIn;
  options.say(describeLeftLook(left));
  const person = await signInPerson({
    ...options,
    openBrowser: options.openBrowser ?? createBrowserOpener(options.say),
    endpoints: resolveEndpoints(cloud, env),
    tenant: tenantId,
    clientId,
    permissions: ['User.Read', reportNamesPermission],
    ...(userPrincipalName === '' ? {} : { loginHint: userPrincipalName }),
  });
  const connection = connectWith(person.createCredentialMaker(), { tenantId, cloud }, { env });
  const place = locateLookJournal(env, tenantId, signIn);
  await concealNames({ ...toTenantAccess(connection, {}), place, concealsAlways: false });
}

export function describeLeftLook({ tenantId, signIn }: LeftLook): string {
  return `A look of ${signIn.userPrincipalName || 'somebody'} at the tenant ${tenantId} was killed while the names in its usage reports were shown. They still are.`;
}

async function isRunning({ tenantId, signIn }: LeftLook, env: NodeJS.ProcessEnv): Promise<boolean> {
  return readJournal(locateLookJournal(env, tenantId, signIn)).then(
    () => false,
    (error: unknown) => {
      if (error instanceof DormantError && error.code === 'audit-running') return true;
      throw error;
    },
  );
}
