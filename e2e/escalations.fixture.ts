// For tests of the mail to HR.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { idOf } from '../policy/account.fixture.ts';
import { getEscalationsPath, serialiseEscalations } from '../policy/files/escalations-file.ts';
import { generousLimits, type MergedRepository, stack } from './merged-repository.fixture.ts';
import { signListText } from './signed-files.fixture.ts';

export const withHr = { ...generousLimits, notifications: { hrContact: 'hr@contoso.com' } };

export async function list(
  { folder, tenant, commitAll }: MergedRepository,
  since: string,
  ...names: string[]
): Promise<void> {
  const entries = names.map((displayName) => ({
    ...{ id: idOf(displayName), userPrincipalName: `${displayName}@contoso.com`, displayName },
    ...{ why: 'job title "CEO"', lastActivity: '2026-07-15', since },
  }));
  const path = getEscalationsPath(stack);
  const { tenantId } = tenant;
  await writeFile(join(folder, path), signListText(path, serialiseEscalations(entries), { stack, tenantId }));
  await commitAll('list');
}

export const subjects = ({ emulator }: MergedRepository) =>
  emulator.outbox.list().map(({ message }) => message.subject);
export const one = 'For HR: 1 executive whose account nobody uses';
