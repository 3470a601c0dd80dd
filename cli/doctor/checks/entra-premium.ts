// Entra ID P1: without it sign-ins cannot be read. A 200 without any value means the same.
import { askForSignIns } from '../../../graph/sign-in-access.ts';
import { type Check, fail, pass, skip, warn } from '../check.ts';

export const entraPremium: Check = {
  name: 'Entra ID P1',
  needs: 'sign-in',
  async run({ connection, files }) {
    const answer = await askForSignIns(connection.graph);
    if (answer === 'read') return pass('sign-ins can be read');
    if (answer === 'no-permission') return skip('AuditLog.Read.All is not granted, so it is unknown');
    const { what, remedy } = explanations[answer];
    return files.policy.value.signIns === 'required'
      ? fail(
          `${what}, and the policy requires sign-ins: no account is found inactive, and nothing is taken`,
          `set signIns: optional in policy/policy.yaml, or ${remedy}`,
        )
      : warn(`${what}: accounts are judged by their services alone`, `${remedy}, or leave it so`);
  },
};

const explanations = {
  'no-premium': { what: 'the tenant has none', remedy: 'buy P1' },
  'no-value': {
    what: 'Microsoft answers without an error, but no account has a sign-in on record',
    remedy: 'ask Microsoft why signInActivity stays empty',
  },
} as const;
