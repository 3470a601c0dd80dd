// The pages of pull requests as HTML. `html` escapes whatever it is given; Markdown is shown as it was written.
import { html, raw } from 'hono/html';
import { styles } from '../page/styles.ts';
import { listPulls } from './open-pull.ts';
import type { Comment, GitHubState, Pull } from './state.ts';

type Html = ReturnType<typeof html>;

interface ShownPull {
  readonly pull: Pull;
  readonly files: readonly { filename: string; status: string }[];
  /** As git prints them. */
  readonly changes: string;
}

export function renderPulls(state: GitHubState): Html {
  const home = `/${state.owner}/${state.name}`;
  const pulls = listPulls(state).toReversed();
  return renderPage(
    state,
    'Pull requests',
    html`<div class="wide"><table>
<thead><tr><th>Number</th><th>Title</th><th>By</th><th>State</th></tr></thead>
<tbody>${pulls.map(
      (pull) => html`<tr>
<td>#${pull.number}</td>
<td><a href="${home}/pull/${pull.number}"><bdi>${pull.title}</bdi></a></td>
<td>${pull.login}</td>
<td>${describeState(pull)}</td>
</tr>`,
    )}</tbody>
</table></div>
${pulls.length === 0 ? html`<p>There is none yet.</p>` : ''}`,
  );
}

export function renderPull(state: GitHubState, { pull, files, changes }: ShownPull): Html {
  const { number, title, login, labels, body, comments } = pull;
  const { headRef, baseRef } = pull.pull;
  return renderPage(
    state,
    `${title} #${number}`,
    html`<p>${describeState(pull)}. ${login} wants to merge <code>${headRef}</code> into <code>${baseRef}</code>.
${labels.map((label) => html`<code>${label}</code> `)}</p>
${renderButton(state, pull)}
<pre class="text">${body ?? ''}</pre>
${comments.map(renderComment)}
<h2>${files.length} files</h2>
<ul>${files.map(({ filename, status }) => html`<li><code><bdi>${filename}</bdi></code> ${status}</li>`)}</ul>
<details><summary>What changes in them</summary><pre class="text">${changes}</pre></details>`,
  );
}

function renderButton({ owner, name }: GitHubState, { number, state, pull }: Pull): Html | '' {
  if (state !== 'open') return '';
  if (pull.draft) return html`<p>A draft cannot be merged.</p>`;
  return html`<form method="post" action="/${owner}/${name}/pull/${number}/merge"><button>Merge pull request</button></form>`;
}

function renderComment({ login, body }: Comment): Html {
  return html`<h2>${login} commented</h2>
<pre class="text">${body}</pre>`;
}

function describeState({ state, pull }: Pull): string {
  if (pull.merged_at !== null) return `Merged on ${pull.merged_at.slice(0, 10)}`;
  if (state === 'closed') return 'Closed';
  return pull.draft ? 'Draft' : 'Open';
}

function renderPage({ owner, name }: GitHubState, title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${owner}/${name}</title>
<style>${raw(styles)}
.text { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.875rem; }</style>
</head>
<body>
<header>
<nav><a href="/${owner}/${name}">${owner}/${name}</a> an emulated GitHub on this machine</nav>
<h1><bdi>${title}</bdi></h1>
</header>
<main>
${content}
</main>
</body>
</html>`;
}
