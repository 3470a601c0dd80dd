// The two identities: a single application for both could decide and write.
import { isSameId } from '../../../policy/identifiers.ts';
import { type Check, fail, pass } from '../check.ts';

export const twoIdentities: Check = {
  name: 'two identities',
  needs: null,
  async run({ stack, files }) {
    const { audit, apply } = files.tenant.value;
    return isSameId(audit.clientId, apply.clientId)
      ? fail('audit and apply are the same application', `pulumi -C bootstrap up --stack ${stack}`)
      : pass('audit and apply are different applications');
  },
};
