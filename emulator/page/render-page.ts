// The page as HTML. `html` escapes whatever it is given, and `bdi` keeps a name that is written from right to left to itself.
import { html, raw } from 'hono/html';
import { formatTimestamp } from '../clock.ts';
import type { LogEntry } from '../metering/request-log.ts';
import { DEFAULT_SWITCHES } from '../options.ts';
import type { AccountState } from '../tenant/account-state.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { FoundPeople } from './find-people.ts';
import { styles } from './styles.ts';

interface Page {
  readonly tenant: Tenant;
  /** By which this server was asked. */
  readonly origin: string;
  readonly found: FoundPeople;
  /** The latest one first. */
  readonly requests: readonly LogEntry[];
}

type Html = ReturnType<typeof html>;

export function renderPage({ tenant, origin, found, requests }: Page): Html {
  const now = formatTimestamp(tenant.clock.now());
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${tenant.domain}: an embedded tenant</title>
<style>${raw(styles)}</style>
</head>
<body>
<header>
<h1>${tenant.displayName}, an embedded tenant</h1>
<p>It stands for Entra, Microsoft Graph and Exchange on this machine. Nobody in it is real.</p>
<dl>
<dt>Tenant</dt><dd>${tenant.domain} <code>${tenant.id}</code></dd>
<dt>Cloud</dt><dd>${tenant.cloud}</dd>
<dt>Its time</dt><dd><time datetime="${now}">${now}</time></dd>
<dt>Accounts</dt><dd>${formatCount(tenant.people.size)}</dd>
<dt>Graph</dt><dd><code>${origin}/v1.0</code></dd>
<dt>Sign-in</dt><dd><code>${origin}/${tenant.id}</code></dd>
<dt>Control</dt><dd><code>${origin}/_emulator</code></dd>
</dl>
<nav><a href="#people">People</a><a href="#requests">Last requests</a><a href="#switches">Switches</a></nav>
</header>
<main>
${renderPeople(found)}
${renderRequests(requests)}
${renderSwitches(tenant)}
</main>
</body>
</html>`;
}

function renderPeople({ query, page, people, hasMore, searched }: FoundPeople): Html {
  const link = (to: number, label: string) =>
    html`<a href="/?${new URLSearchParams({ q: query, page: String(to) }).toString()}">${label}</a> `;
  return html`<section aria-labelledby="people">
<h2 id="people">People</h2>
<form method="get" action="/" role="search">
<label>Name, address, kind or id <input type="search" name="q" value="${query}"></label>
<button>Find</button>
</form>
<div class="wide"><table>
<thead><tr><th>Name</th><th>Address</th><th>Kind</th><th>Account</th><th>Signed in</th><th>Licences</th></tr></thead>
<tbody>${people.map(renderPerson)}</tbody>
</table></div>
${people.length === 0 ? html`<p>Nobody was found.</p>` : ''}
${searched === null ? '' : html`<p>Only the first ${formatCount(searched)} were searched.</p>`}
<p>${page > 1 ? link(page - 1, 'Earlier') : ''}${hasMore ? link(page + 1, 'More') : ''}</p>
</section>`;
}

function renderPerson(person: AccountState): Html {
  const { id, displayName, userPrincipalName, kind, lastSuccessfulSignIn, licenses } = person;
  return html`<tr>
<td><a href="/_emulator/people/${id}"><bdi>${displayName}</bdi></a></td>
<td><bdi>${userPrincipalName}</bdi></td>
<td>${kind ?? ''}</td>
<td>${describeAccount(person)}</td>
<td class="date">${lastSuccessfulSignIn ?? 'unknown'}</td>
<td>${licenses.map(({ skuPartNumber }) => skuPartNumber).join(', ')}</td>
</tr>
`;
}

function describeAccount({ deletedDateTime, accountEnabled }: AccountState): string {
  if (deletedDateTime !== null) return `deleted ${deletedDateTime.slice(0, 10)}`;
  return accountEnabled ? 'enabled' : 'blocked';
}

function renderRequests(requests: readonly LogEntry[]): Html {
  return html`<section aria-labelledby="requests">
<h2 id="requests">Last requests</h2>
<div class="wide"><table>
<thead><tr><th>Time</th><th>By</th><th>Request</th><th class="number">Answer</th><th class="number">ms</th><th>Fault</th></tr></thead>
<tbody>${requests.map(renderRequest)}</tbody>
</table></div>
${requests.length === 0 ? html`<p>There was none yet.</p>` : ''}
</section>`;
}

function renderRequest({ time, identity, method, path, query, status, durationMs, fault }: LogEntry): Html {
  return html`<tr>
<td class="date">${time.slice(0, 19).replace('T', ' ')}</td>
<td>${identity ?? ''}</td>
<td><code>${method} <bdi>${path}${safelyDecode(query)}</bdi></code></td>
<td class="number">${status === 0 ? 'open' : status}</td>
<td class="number">${durationMs}</td>
<td>${fault ?? ''}</td>
</tr>
`;
}

function renderSwitches({ switches }: Tenant): Html {
  const defaults: Readonly<Record<string, unknown>> = { ...DEFAULT_SWITCHES };
  const rows = Object.entries(switches).map(([name, value]) => {
    const text = JSON.stringify(value);
    const isDefault = text === JSON.stringify(defaults[name]);
    return html`<tr><td>${name}</td><td><code>${text}</code></td><td>${isDefault ? '' : 'not the default'}</td></tr>
`;
  });
  return html`<section aria-labelledby="switches">
<h2 id="switches">Switches</h2>
<p>Changed by <code>PATCH /_emulator/switches</code>.</p>
<div class="wide"><table>
<thead><tr><th>Switch</th><th>Value</th><th>Note</th></tr></thead>
<tbody>${rows}</tbody>
</table></div>
</section>`;
}

function formatCount(count: number): string {
  return count.toLocaleString('en-GB');
}

function safelyDecode(query: string): string {
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}
