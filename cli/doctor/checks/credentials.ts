// How the two identities sign in: by GitHub's token of their own environment and by nothing else, least of all a secret.
import { type PipelineIdentity, pipelineIdentities } from '../../../bootstrap/grants.ts';
import { getDefaultEnvironments, listSubjects } from '../../../bootstrap/subjects.ts';
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
    return [{ ...skip('is shown to a person only, after az login'), about: identity }];
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
  if (!signIn.ok || signIn.who !== 'a person') return skip('whom it trusts is shown to a person only, after az login');
  const trusted = await listTrusted(identity, context);
  if (trusted === null) return skip('without GitHub it cannot be said which repository is this one');
  const path = `/applications/${id}/federatedIdentityCredentials`;
  const found = (await listAll(context.connection.graph, { source: 'doctor', path })).map((credential) => {
    const fields = requireFields(credential, path);
    // A flexible credential has an expression in place of a subject.
    return { name: requireText(fields, 'name', path), subject: findText(fields, 'subject', path) ?? 'an expression' };
  });
  const environments = getDefaultEnvironments(context.stack)[identity].join(', ');
  const [first, ...others] = found.filter(({ subject }) => !trusted.includes(subject));
  if (first !== undefined)
    return fail(
      `${[first, ...others].map(({ subject }) => subject).join(', ')} may be this identity, too, beside ${environments}`,
      `az ad app federated-credential delete --id ${clientId} --federated-credential-id ${first.name}`,
    );
  return found.length === 0
    ? fail(`no environment of GitHub is trusted: no job can sign in`, buildUp(context))
    : pass(`jobs of ${environments} in this repository, and nobody else`);
}

/** The subjects of its environments; null: GitHub does not answer. */
async function listTrusted(identity: PipelineIdentity, { github, stack }: DoctorContext): Promise<string[] | null> {
  if (!github.ok) return null;
  const { data } = await github.api.request('GET /repos/{owner}/{repo}');
  const repository = {
    owner: data.owner.login,
    name: data.name,
    ownerId: String(data.owner.id),
    repositoryId: String(data.id),
  };
  return getDefaultEnvironments(stack)
    [identity].flatMap((environment) => listSubjects(repository, environment))
    .map(({ subject }) => subject);
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
