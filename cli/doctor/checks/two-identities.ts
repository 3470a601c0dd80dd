// The two identities: one application for both would be able to decide and to write.
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
