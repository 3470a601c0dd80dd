// The mailbox that notices are sent from: it must exist, and the apply should be able to send from no other one.
import { findText, requireFields } from '../../../graph/json-fields.ts';
import { RequestFailed } from '../../../graph/request-failed.ts';
import { type Check, type Finding, fail, pass, skip, warn } from '../check.ts';
import type { DoctorContext } from '../context.ts';

export const notificationSender: Check = {
  name: 'notification sender',
  needs: 'sign-in',
  run: async (context) => [
    { ...(await examineMailbox(context)), about: 'mailbox' },
    { ...judgeScope(context), about: 'scope' },
  ],
};

async function examineMailbox({ connection, files }: DoctorContext): Promise<Finding> {
  const { sender } = files.tenant.value.notifications;
  const tenantPath = files.tenant.path;
  const user = `/users/${encodeURIComponent(sender)}`;
  const read = async (path: string) =>
    requireFields((await connection.graph.send({ source: 'doctor', path })).body, path);
  try {
    await read(`${user}?$select=id`);
    const purpose = findText(await read(`${user}/mailboxSettings`), 'userPurpose', user);
    return purpose === 'shared'
      ? pass(`${sender} is a shared mailbox`)
      : pass(`${sender} has a mailbox (${purpose ?? 'of an unknown kind'})`);
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    if (error.status === 404)
      return fail(
        `${sender} is not an account with a mailbox in this tenant`,
        `edit notifications.sender in ${tenantPath}`,
      );
    if (error.status === 403) return skip('MailboxSettings.Read is not granted, so it is unknown');
    throw error;
  }
}

/** Grants add up: with Mail.Send in Entra, a scope in Exchange limits nothing. */
function judgeScope({ signIn, identity, files }: DoctorContext): Finding {
  const { notifications, apply } = files.tenant.value;
  if (identity !== 'apply' || !signIn.ok || signIn.who === 'a person')
    return skip('only the apply sends; run doctor with --identity apply');
  if (signIn.appRoles.includes('Mail.Send'))
    return warn('the apply may send as anybody in the tenant', 'pulumi -C bootstrap config set mail scoped');
  return skip(
    'is kept by Exchange, which alone can tell',
    `Test-ServicePrincipalAuthorization -Identity ${apply.clientId} -Resource ${notifications.sender}`,
  );
}
