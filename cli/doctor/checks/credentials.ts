// How the two identities sign in: by GitHub's token of their own environment and by nothing else, least of all a secret.
import { type PipelineIdentity, pipelineIdentities } from '../../../bootstrap/grants.ts';
import { getDefaultEnvironments, isGitHubIssuer, listSubjects } from '../../../bootstrap/subjects.ts';
import { resolveEndpoints } from '../../../graph/clouds.ts';
import { findText, getListOrEmpty, requireFields, requireText } from '../../../graph/json-fields.ts';
import { listAll } from '../../../graph/pages.ts';
import { RequestFailed } from '../../../graph/request-failed.ts';
import { type Check, type Finding, fail, pass, skip } from '../check.ts';
import type { DoctorContext } from '../context.ts';

export const credentials: Check = {
  name: 'credentials of',
  needs: 'sign-in',
  async run(context) {
    return (await Promise.all(pipelineIdentities.map((identity) => examine(identity, context)))).flat();
  },
};

interface Application {
  id: string;
  clientId: string;
  /** Ids of its client secrets. */
  secrets: readonly string[];
}

async function examine(identity: PipelineIdentity, context: DoctorContext): Promise<Finding[]> {
  try {
    const application = await readApplication(identity, context);
    if (application === null)
      return [{ ...fail('its application is not in the tenant', buildUp(context)), about: identity }];
    return [
      { ...judgeSecrets(application), about: identity },
      { ...(await examineFederation(identity, application, context)), about: `${identity} by federation` },
    ];
  } catch (error) {
    if (!(error instanceof RequestFailed) || error.status !== 403) throw error;
    return [{ ...skip('is shown to a person only, after `az login`'), about: identity }];
  }
}

function judgeSecrets({ clientId, secrets: [first, ...others] }: Application): Finding {
  if (first === undefined) return pass('no client secret');
  const how = others.length === 0 ? 'a client secret' : `${others.length + 1} client secrets`;
  return fail(
    `${how}: whoever has it is this identity, anywhere; a job in its environment needs none`,
    `az ad app credential delete --id ${clientId} --key-id ${first}`,
  );
}

/** What the bootstrap grants is not enough (learn.microsoft.com/graph/api/application-list-federatedidentitycredentials). */
async function examineFederation(
  identity: PipelineIdentity,
  { id, clientId }: Application,
  context: DoctorContext,
): Promise<Finding> {
  const { signIn } = context;
  if (!signIn.ok || signIn.who !== 'a person')
    return skip('whom it trusts is shown to a person only, after `az login`');
  const trusted = await readTrusted(identity, context);
  if (trusted === null) return skip('without GitHub it cannot be said which repository is this one');
  const found = await listCredentials(id, context);
  const environments = getDefaultEnvironments(context.stack)[identity].join(', ');
  const [first, ...others] = found.flatMap(({ name, ...credential }) => {
    const whom = describeStranger(credential, trusted);
    return whom === null ? [] : [{ name, whom }];
  });
  if (first !== undefined)
    return fail(
      `${[first, ...others].map(({ whom }) => whom).join(', ')} may be this identity, too, beside ${environments}`,
      `az ad app federated-credential delete --id ${clientId} --federated-credential-id ${first.name}`,
    );
  return found.length === 0
    ? fail(`no environment of GitHub is trusted: no job can sign in`, buildUp(context))
    : pass(`jobs of ${environments} in this repository, and nobody else`);
}

interface Credential {
  name: string;
  /** null: a flexible credential, which has an expression in its place. */
  subject: string | null;
  issuer: string;
  audiences: readonly string[];
}

async function listCredentials(applicationId: string, { connection }: DoctorContext): Promise<Credential[]> {
  const path = `/applications/${applicationId}/federatedIdentityCredentials`;
  return (await listAll(connection.graph, { source: 'doctor', path })).map((credential) => {
    const fields = requireFields(credential, path);
    return {
      name: requireText(fields, 'name', path),
      subject: findText(fields, 'subject', path),
      issuer: requireText(fields, 'issuer', path),
      audiences: getListOrEmpty(fields, 'audiences', path).map(String),
    };
  });
}

interface Trusted {
  subjects: readonly string[];
  repositoryUrl: string;
  /** What a job asks for to sign in here. Another one is what it gives to somebody else, who could hand it on. */
  audience: string;
}

/** null: a job in an environment of this identity, by a token that is meant for Entra. */
function describeStranger(
  { subject, issuer, audiences }: Omit<Credential, 'name'>,
  { subjects, repositoryUrl, audience }: Trusted,
): string | null {
  if (subject === null || !subjects.includes(subject)) return subject ?? 'an expression';
  if (!isGitHubIssuer(repositoryUrl, issuer)) return `${subject} (by ${issuer})`;
  const other = audiences.find((each) => each !== audience);
  return other === undefined ? null : `${subject} (for ${other})`;
}

/** null: GitHub does not answer. */
async function readTrusted(
  identity: PipelineIdentity,
  { github, stack, files, env }: DoctorContext,
): Promise<Trusted | null> {
  if (!github.ok) return null;
  const { data } = await github.api.request('GET /repos/{owner}/{repo}');
  const repository = {
    owner: data.owner.login,
    name: data.name,
    ownerId: String(data.owner.id),
    repositoryId: String(data.id),
  };
  const named = getDefaultEnvironments(stack)[identity].flatMap((environment) => listSubjects(repository, environment));
  const { assertionAudience: audience } = resolveEndpoints(files.tenant.value.cloud, env);
  return { subjects: named.map(({ subject }) => subject), repositoryUrl: data.html_url, audience };
}

/** null: there is no application of that client id. */
async function readApplication(identity: PipelineIdentity, context: DoctorContext): Promise<Application | null> {
  const { clientId } = context.files.tenant.value[identity];
  const filter = encodeURIComponent(`appId eq '${clientId}'`);
  const path = `/applications?$filter=${filter}&$select=id,passwordCredentials`;
  const [found] = await listAll(context.connection.graph, { source: 'doctor', path });
  if (found === undefined) return null;
  const fields = requireFields(found, path);
  const secrets = getListOrEmpty(fields, 'passwordCredentials', path).map((secret) =>
    requireText(requireFields(secret, path), 'keyId', path),
  );
  return { id: requireText(fields, 'id', path), clientId, secrets };
}

function buildUp({ stack }: DoctorContext): string {
  return `pulumi -C bootstrap up --stack ${stack}`;
}
