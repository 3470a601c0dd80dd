// Whether an environment has a secret: GitHub says that it is there, and never what it is.
import { type Finding, fail, pass, skip } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { requireGitHub } from '../github.ts';

interface WantedSecret {
  environment: string;
  name: string;
  /** What does not work without it. */
  otherwise: string;
  /** The command that sets it. */
  mend: string;
}

export async function examineSecret(
  context: DoctorContext,
  { environment, name, otherwise, mend }: WantedSecret,
): Promise<Finding> {
  const route = 'GET /repos/{owner}/{repo}/environments/{environment_name}/secrets/{secret_name}';
  const asked = { environment_name: environment, secret_name: name };
  const answer = await requireGitHub(context).api.attempt(route, asked, [403, 404]);
  const about = `of ${environment}`;
  if (!('refused' in answer)) return { ...pass(`is there since ${answer.data.updated_at.slice(0, 10)}`), about };
  return answer.refused === 403
    ? { ...skip('the token may not read which secrets environments have'), about }
    : { ...fail(`is not there: ${otherwise}`, mend), about };
}
