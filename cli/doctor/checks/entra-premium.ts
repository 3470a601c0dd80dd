// Entra ID P1: without it nobody can read when somebody last signed in.
import { RequestFailed } from '../../../graph/failure.ts';
import { type Check, fail, pass, skip, warn } from '../check.ts';

export const entraPremium: Check = {
  name: 'Entra ID P1',
  needs: 'sign-in',
  async run({ connection, files }) {
    try {
      await connection.graph.send({ source: 'doctor', path: '/users?$top=1&$select=id,signInActivity' });
      return pass('sign-ins can be read');
    } catch (error) {
      if (!(error instanceof RequestFailed) || error.status !== 403) throw error;
      if (!/Premium|B2C/i.test(error.graphCode))
        return skip('AuditLog.Read.All is not granted, so nobody can tell');
      return files.policy.value.signIns === 'required'
        ? fail(
            'the tenant has none, and the policy asks for sign-ins: nobody will be found inactive',
            'set signIns: optional in policy/policy.yaml, or buy P1',
          )
        : warn('the tenant has none: accounts are judged by their services alone', 'buy P1, or leave it so');
    }
  },
};
