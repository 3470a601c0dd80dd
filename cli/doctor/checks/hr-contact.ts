// Who is told of executives with inactive accounts: no one, unless the policy names a contact.
import { findFirstMatch } from '../../../policy/judge/pattern.ts';
import { type Check, pass, skip, warn } from '../check.ts';

export const hrContact: Check = {
  name: 'HR contact',
  needs: null,
  async run({ files: { policy } }) {
    const { hrContact: address, internalDomains, fallbackContact } = policy.value.notifications;
    const fix = `edit notifications.hrContact in ${policy.path}`;
    if (address === undefined) return skip('is not set: nobody is told of executives whose accounts are silent', fix);
    if (findFirstMatch(internalDomains, address.slice(address.lastIndexOf('@') + 1)) === null)
      return warn(
        `${address} is outside of the internal domains: ${fallbackContact} is told of executives instead`,
        fix,
      );
    return pass(`${address} is told once of each executive whose account is silent`);
  },
};
