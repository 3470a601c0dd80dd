// Whether the usage reports conceal names: the audit shows them only while it reads, and must have restored that.
import { locateJournal, readJournal } from '../../../audit/collect/concealment-journal.ts';
import { createAuditReader } from '../../../audit/sources/reader.ts';
import { readConcealedNames } from '../../../audit/sources/report-settings.ts';
import { type Check, fail, pass, skip, warn } from '../check.ts';

export const reportSettings: Check = {
  name: 'report settings',
  needs: 'sign-in',
  async run({ root, stack, identity, connection, files }) {
    if (identity === 'apply') return skip('the apply may not read them, as it should be');
    const { tenantId } = files.tenant.value;
    if ((await readJournal(locateJournal(root, stack, tenantId))) !== null)
      return fail('an audit that was killed has left the names readable', `dormant conceal ${stack}`);
    const isConcealed = await readConcealedNames(createAuditReader(connection));
    if (isConcealed === null)
      return skip('may not be read: ReportSettings.ReadWrite.All is not granted, or this cloud has no API for them');
    return isConcealed
      ? pass('names are concealed; the audit shows them only while it reads')
      : warn(
          'names are shown to everybody who may read usage reports, and not by an audit of this machine',
          `set reportNames: concealed in ${files.tenant.path}; the next audit, or dormant conceal ${stack}, does it`,
        );
  },
};
