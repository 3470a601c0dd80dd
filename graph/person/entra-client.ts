// MSAL's requests to Entra, sent as all others of ours are named, and what Entra said last: for a device code MSAL tells the code of a
// refusal and drops the sentence (DeviceCodeClient of @azure/msal-node 7.2.3).
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { isFields } from '../json-fields.ts';
import { buildUserAgent } from '../user-agent.ts';

export interface EntraClient extends INetworkModule {
  /** `error_description` of the last refusal; empty: there was none. */
  getLastRefusal(): string;
}

const mostMs = 60_000;

export function createEntraClient(): EntraClient {
  let refusal = '';
  async function send<T>(method: 'GET' | 'POST', url: string, { headers = {}, body }: NetworkRequestOptions = {}) {
    const response = await fetch(url, {
      method,
      headers: { ...headers, 'User-Agent': buildUserAgent('sign-in') },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(mostMs),
    });
    const answer: T = JSON.parse(await response.text());
    if (isFields(answer) && typeof answer.error_description === 'string') refusal = answer.error_description;
    const result: NetworkResponse<T> = {
      headers: Object.fromEntries(response.headers),
      body: answer,
      status: response.status,
    };
    return result;
  }
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
    getLastRefusal: () => refusal,
  };
}
