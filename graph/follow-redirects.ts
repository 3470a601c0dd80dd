// A transport that follows Exchange to the tenant's own host: some tenants answer at `<prefix>.outlook.office365.com` only.
// Seen in CISA's ScubaGear (Get-ExchangeOnlineApiEndpoint) and in Microsoft's module. The path stays.
import { DormantError } from '../policy/errors.ts';
import type { ApiRequest, ApiResponse } from './send-once.ts';
import { createTransport, type TransportOptions, type WritingTransport } from './transport.ts';

export function followRedirects(options: TransportOptions): WritingTransport {
  let link = createTransport(options);
  const send = async (request: ApiRequest): Promise<ApiResponse> => {
    const first = await link.send(request);
    if (first.status < 300) return first;
    link = createTransport({ ...options, origin: readOrigin(first, options.origin) });
    const second = await link.send(request);
    if (second.status < 300) return second;
    // Exchange names the tenant's own host at once; a second redirect leads nowhere.
    throw new DormantError('endless-redirect', 'Exchange redirects again from the host it redirected to.', {
      where: link.origin,
    });
  };
  return {
    get origin() {
      return link.origin;
    },
    version: options.version,
    signal: options.signal,
    send,
  };
}

/** The next request carries the bearer token, so it goes to a subdomain of the host that was asked and nowhere else. */
function readOrigin({ headers }: ApiResponse, origin: string): string {
  const location = headers.get('location') ?? '';
  const url = URL.canParse(location, origin) ? new URL(location, origin) : null;
  if (url !== null && isSubdomain(url, new URL(origin))) return url.origin;
  throw new DormantError(
    'foreign-link',
    `Exchange redirects to ${url?.origin ?? 'no URL'}, expected a host below ${origin}.`,
    {
      where: origin,
      remedy: 'The access token was not sent there. Find out who answers in the name of the API.',
    },
  );
}

/** Such as `<prefix>.outlook.office365.com` of `outlook.office365.com`, and likewise in every cloud. */
export function isSubdomain(url: URL, base: URL): boolean {
  if (url.protocol !== 'https:' || url.username !== '' || url.port !== base.port) return false;
  const isLoopback = loopback.has(base.hostname) && loopback.has(url.hostname);
  return isLoopback || url.hostname.endsWith(`.${base.hostname}`);
}

/** Where the embedded tenant answers, under two names. */
const loopback = new Set(['localhost', '127.0.0.1']);
