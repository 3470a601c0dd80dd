// MSAL's requests to Entra: named as all others of ours, sent again when Entra does not answer for the moment, and with what Entra said
// last, because for a device code MSAL tells the code of a refusal and drops the sentence (DeviceCodeClient of @azure/msal-node 7.2.3).
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { DormantError } from '../../policy/errors.ts';
import { isFields } from '../json-fields.ts';
import { sleep } from '../sleep.ts';
import { buildUserAgent } from '../user-agent.ts';

export interface EntraClient extends INetworkModule {
  /** `error_description` of the last refusal; empty: there was none. */
  getLastRefusal(): string;
}

const mostMs = 60_000;
const mostTries = 5;

/** `firstWaitMs`: before the second try; doubled before each further one. */
export function createEntraClient(firstWaitMs = 500): EntraClient {
  let refusal = '';
  async function send<T>(method: 'GET' | 'POST', url: string, options: NetworkRequestOptions = {}) {
    for (let attempt = 1; ; attempt++) {
      const answer = await tryOnce<T>(method, url, options);
      if (answer !== null) {
        const { body } = answer;
        if (isFields(body) && typeof body.error_description === 'string') refusal = body.error_description;
        return answer;
      }
      if (attempt === mostTries)
        throw new DormantError('sign-in-failed', `Entra gave no answer to a sign-in, ${mostTries} times.`, {
          where: new URL(url).origin,
          remedy: 'Start again later.',
        });
      await sleep(firstWaitMs * 2 ** (attempt - 1));
    }
  }
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
    getLastRefusal: () => refusal,
  };
}

/** null: throttled, a failure of the server, or no whole answer, which says nothing of the sign-in. */
async function tryOnce<T>(
  method: 'GET' | 'POST',
  url: string,
  { headers = {}, body }: NetworkRequestOptions,
): Promise<NetworkResponse<T> | null> {
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, 'User-Agent': buildUserAgent('sign-in') },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(mostMs),
    });
    const answer: T = JSON.parse(await response.text());
    const { status } = response;
    if (status === 429 || status >= 500) return null;
    return { headers: Object.fromEntries(response.headers), body: answer, status };
  } catch {
    return null;
  }
}
