// Signing in: all checks of the tenant need it, so Entra's reason for a refusal is reported here once.
import { DormantError } from '../../../policy/errors.ts';
import { type Check, fail, pass, warn } from '../check.ts';

export const signIn: Check = {
  name: 'sign-in',
  needs: null,
  async run({ identity, signIn: outcome }) {
    if (outcome.ok)
      return outcome.who === 'a person'
        ? warn(
            'as a person, not as the pipeline, whose permissions may differ',
            'set AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH, or run it in a job of the identity’s environment',
          )
        : pass(`as the ${identity} identity`);
    const { error } = outcome;
    if (!(error instanceof DormantError)) throw error;
    return fail(takeFirstLine(error.message), error.remedy || 'check tenant.yaml');
  },
};

function takeFirstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
