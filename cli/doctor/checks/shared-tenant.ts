// One stack a tenant: two would propose and take without knowing of each other.
import { checkSharedTenants } from '../../check/shared-tenants.ts';
import { type Check, fail, pass } from '../check.ts';

export const sharedTenant: Check = {
  name: 'one stack for the tenant',
  needs: null,
  async run({ root, files }) {
    const { path } = files.tenant;
    const problem = (await checkSharedTenants(root)).find((one) => one.path === path);
    return problem === undefined
      ? pass('no other stack has this tenant')
      : fail(problem.message, 'Give each stack its own tenantId, or take one of the stacks out of stacks/.');
  },
};
