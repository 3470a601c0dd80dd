// A look at a tenant by a person's own sign-in: what adoption would propose first. Nothing is written to the tenant but, if the
// person agrees, the setting that conceals names in usage reports, for as long as they are read.
import { lookAtTenant } from '../../audit/look.ts';
import type { PlannedAudit } from '../../audit/run-audit.ts';
import type { OnProgress } from '../../audit/sources/progress.ts';
import { verifySignature } from '../../forge/facts-key.ts';
import { resolveEndpoints } from '../../graph/clouds.ts';
import { type ConnectOptions, connectWith } from '../../graph/connect.ts';
import type { DirectoryRole } from '../../graph/person/directory-roles.ts';
import { type Organization, readOrganization, readOwnRoles } from '../../graph/person/read-person.ts';
import { type SignedInPerson, type SignInFlow, signInPerson } from '../../graph/person/sign-in.ts';
import { askForSignIns } from '../../graph/sign-in-access.ts';
import type { Day } from '../../policy/evidence.ts';
import type { Cloud, Tenant } from '../../policy/schemas/tenant.ts';
import { listenForInterruption } from '../audit/interruption.ts';
import { toTenantAccess } from '../audit/open-tenant.ts';
import type { SignInsFound } from '../init/optional-sign-ins.ts';
import { wrapWords } from '../wrap-words.ts';
import { describeAccess, requireNeededRoles } from './describe-access.ts';
import { locateLookJournal } from './journal.ts';
import { permissions } from './permissions.ts';
import { agreeToShowNames, type Confirm, explainRefusedSetting } from './report-names.ts';
import { buildStackFiles, readRules } from './tenant-in-memory.ts';

export interface LookRequest {
  /** A tenant id or domain; `organizations`: that of the person. */
  tenant: string;
  cloud: Cloud;
  clientId: string;
  flow: SignInFlow;
  /** Paths; absent: Dormant's own. */
  policy?: string;
  prices?: string;
  /** Whether the person has agreed already to show the names. */
  showNames: boolean;
}

export interface LookSurroundings extends Pick<ConnectOptions, 'env' | 'log' | 'onQuotaWait' | 'retryPolicy'> {
  today: Day;
  say(sentence: string): void;
  /** null: there is nobody to ask. */
  confirm: Confirm | null;
  openBrowser(address: string): Promise<void>;
  onProgress: OnProgress;
}

/** What was seen, and by whom. */
export interface Look extends PlannedAudit {
  /** userPrincipalName. */
  by: string;
  organization: Organization | null;
  /** null: they could not be read. */
  roles: readonly DirectoryRole[] | null;
  signIns: SignInsFound;
}

export async function look(request: LookRequest, around: LookSurroundings): Promise<Look> {
  const { cloud, clientId } = request;
  const { env, say } = around;
  const rules = await readRules(request);
  const endpoints = resolveEndpoints(cloud, env);
  const names = permissions.map(({ name }) => name);
  const person = await signInPerson({ ...request, ...around, endpoints, permissions: names });
  const connect = (options: ConnectOptions) =>
    connectWith(person.createCredentialMaker(), { ...person, cloud }, options);
  const { graph, ...connection } = connect(around);
  const [roles, organization] = await Promise.all([readOwnRoles(graph), readOrganization(graph)]);
  const name = nameTenant(organization, person);
  const access = describeAccess(roles).map((line) => wrapWords(line, { hang: line.startsWith(' ') ? 7 : 0 }));
  say(`Signed in as ${person.userPrincipalName}, in ${name}.\n${access.join('\n')}\n`);
  requireNeededRoles(roles);
  const { reader } = toTenantAccess({ graph, ...connection }, around);
  const reportNames = await agreeToShowNames(reader, person, { ...request, ...around, name });
  const signIns = await askForSignIns(graph);
  const stack = nameStack(organization, person);
  const files = buildStackFiles({ stack, cloud, clientId, person, reportNames, signIns }, rules);
  const interruption = listenForInterruption();
  const seen = await lookAtTenant({
    ...around,
    ...{ verify: verifySignature, files },
    openTenant: (_tenant: Tenant, options: ConnectOptions) => toTenantAccess(connect(options), options),
    place: locateLookJournal(env, person.tenantId, { cloud, clientId, userPrincipalName: person.userPrincipalName }),
    signal: interruption.signal,
  })
    .catch(explainRefusedSetting)
    .finally(interruption.release);
  return { ...seen, by: person.userPrincipalName, organization, roles, signIns };
}

/** For people: its name, or its id where that may not be read. */
function nameTenant(organization: Organization | null, { tenantId }: SignedInPerson): string {
  const [domain] = organization?.domains ?? [];
  const known = `${organization?.displayName ?? ''}${domain === undefined ? '' : ` (${domain})`}`;
  return known === '' ? `the tenant ${tenantId}` : known;
}

/** By the first part of the default domain: `contoso` of contoso.com. */
function nameStack(organization: Organization | null, { userPrincipalName }: SignedInPerson): string {
  const domain = organization?.domains[0] ?? userPrincipalName.split('@')[1] ?? '';
  const name = domain
    .toLowerCase()
    .split('.')[0]
    ?.replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === undefined || name === '' ? 'tenant' : name;
}
