// Whether the usage reports conceal names: the audit shows them only while it reads, and must have restored that.
import { locateJournal, readJournal } from '../../../audit/collect/concealment-journal.ts';
import { createAuditReader } from '../../../audit/sources/reader.ts';
import { readConcealedNames } from '../../../audit/sources/report-settings.ts';
import type { StackFiles } from '../../../policy/files/stack-files.ts';
import { nameProgram } from '../../installed-folder.ts';
import { type Check, type Finding, fail, pass, skip, warn } from '../check.ts';

export const reportSettings: Check = {
  name: 'report settings',
  needs: 'sign-in',
  async run({ root, stack, identity, connection, files }) {
    if (identity === 'apply') return skip('the apply may not read them, as it should be');
    const { tenantId } = files.tenant.value;
    if ((await readJournal(locateJournal(root, stack, tenantId))) !== null)
      return fail('an audit that was killed has left the names readable', `${nameProgram()} conceal ${stack}`);
    const isConcealed = await readConcealedNames(createAuditReader(connection));
    if (isConcealed === null)
      return skip('may not be read: ReportSettings.ReadWrite.All is not granted, or this cloud has no API for them');
    return compare(isConcealed, { stack, tenant: files.tenant });
  },
};

/** What the tenant has, with what tenant.yaml has every audit leave behind. */
function compare(isConcealed: boolean, { stack, tenant }: { stack: string; tenant: StackFiles['tenant'] }): Finding {
  const has = isConcealed ? 'concealed' : 'shown';
  const { path } = tenant;
  switch (tenant.value.reportNames) {
    case undefined:
      return warn(
        `names are ${has}, and ${path} does not say how they are to be: every audit ends with concealed names`,
        `add reportNames: ${has} to ${path}`,
      );
    case has:
      return pass(
        isConcealed
          ? 'names are concealed; the audit shows them only while it reads'
          : `names are shown, as ${path} says`,
      );
    case 'concealed':
      return warn(
        `names are shown to everybody who may read usage reports, and ${path} says concealed: somebody has shown them, or an audit died with its machine`,
        `${nameProgram()} conceal ${stack}, or wait for the next audit; if they are to be shown, set reportNames: shown`,
      );
    default:
      return warn(
        `names are concealed, and ${path} says shown: somebody has concealed them since`,
        `set reportNames: concealed in ${path}, so that they are concealed again also after an audit that died with its machine`,
      );
  }
}
