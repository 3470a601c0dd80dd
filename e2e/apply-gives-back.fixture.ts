// For tests of giving back.
import type { MergedRepository } from './merged-repository.fixture.ts';

export const ems = 'efccb6f7-5641-4e0e-bd10-b4976e1bf68e';
export const aLicense = {
  ...{ skuPartNumber: 'SPE_E3', skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965' },
  ...{ assignedByGroup: null, disabledPlans: [] },
};

/** A restore that says of somebody who has nothing that they had sign-in and a licence. */
export function mergeForgedRestore({ merge }: MergedRepository, kind: string): Promise<string> {
  return merge('restore', [kind], (file) => ({
    ...file,
    restore: { ...file.restore, accountEnabled: true, licenses: [aLicense] },
    desired: { accountEnabled: true, mailbox: 'unchanged', licenses: ['SPE_E3'] },
  }));
}
