// All that the product can write to an account: the only four requests in it that change a tenant's people. There is no
// deletion here, and no way to express one.
import type { BatchAnswer } from '../../graph/batch.ts';
import { buildUserPath } from './live-account.ts';
import type { Receipt } from './outcome.ts';
import type { RequestBatcher } from './request-batcher.ts';
import type { Subscriptions } from './subscriptions.ts';
import { toWriteRefusal } from './write-errors.ts';

export interface LicenseOrder {
  addLicenses: readonly { skuId: string; disabledPlans: readonly string[] }[];
  removeLicenses: readonly string[];
}

/** Each throws a `DormantError` with the reason of a refusal. Each may be sent twice without harm. */
export interface TenantWriter {
  setAccountEnabled(id: string, accountEnabled: boolean): Promise<Receipt>;
  revokeSignInSessions(id: string): Promise<Receipt>;
  /** One call for all that is added and removed, because licences can depend on each other. */
  assignLicense(id: string, order: LicenseOrder, subscriptions: Subscriptions): Promise<Receipt>;
}

export function createTenantWriter(writes: RequestBatcher, now: () => Date): TenantWriter {
  const toReceipt = ({ requestId, clientRequestId, batch }: BatchAnswer): Receipt => {
    return { requestId, clientRequestId, batch, at: now().toISOString() };
  };
  const send = async (
    request: { method: 'PATCH' | 'POST'; url: string; body: unknown },
    subscriptions?: Subscriptions,
  ): Promise<Receipt> => {
    const answer = await writes.ask(request);
    const { method, url } = request;
    if (answer.status >= 400) throw toWriteRefusal(`${method} ${url}`, answer, subscriptions);
    return toReceipt(answer);
  };
  return {
    setAccountEnabled: (id, accountEnabled) =>
      send({ method: 'PATCH', url: buildUserPath(id), body: { accountEnabled } }),
    revokeSignInSessions: (id) => send({ method: 'POST', url: `${buildUserPath(id)}/revokeSignInSessions`, body: {} }),
    assignLicense: (id, { addLicenses, removeLicenses }, subscriptions) =>
      send(
        {
          method: 'POST',
          url: `${buildUserPath(id)}/assignLicense`,
          body: { addLicenses, removeLicenses },
        },
        subscriptions,
      ),
  };
}
