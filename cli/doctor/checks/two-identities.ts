// The two identities: a single application for both could decide and write.
import { type Check, fail, pass } from '../check.ts';

export const twoIdentities: Check = {
  name: 'two identities',
  needs: null,
  async run({ stack, files }) {
    const { audit, apply } = files.tenant.value;
    return audit.clientId.toLowerCase() === apply.clientId.toLowerCase()
      ? fail('audit and apply are the same application', `pulumi -C bootstrap up --stack ${stack}`)
      : pass('audit and apply are different applications');
  },
};
