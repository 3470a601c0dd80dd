// A job's role in AWS by its OIDC token, as https://docs.github.com/actions/how-tos/secure-your-work/security-harden-deployments/
// oidc-in-aws has it. The token is asked for when keys are needed: a file would have ended before a long apply has.
import { fromWebToken } from '@aws-sdk/credential-provider-web-identity';
import { createGitHubAssertion } from '../../graph/github-assertion.ts';

/** null: no role is named, or this is no job that may ask for a token. */
export function createRoleCredentials(region: string, env: NodeJS.ProcessEnv) {
  const roleArn = env.RECORDS_AWS_ROLE_ARN;
  const createToken = createGitHubAssertion(getAudience(region), env);
  if (!roleArn || createToken === null) return null;
  return async () =>
    fromWebToken({
      roleArn,
      webIdentityToken: await createToken(),
      roleSessionName: 'dormant-records',
      clientConfig: { region },
    })();
}

/** Of the identity provider that the role trusts; in China as https://github.com/aws-actions/configure-aws-credentials has it. */
function getAudience(region: string): string {
  return region.startsWith('cn-') ? 'sts.amazonaws.com.cn' : 'sts.amazonaws.com';
}
