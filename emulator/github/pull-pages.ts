// Pages for people: the pull requests of the repository, and one of them, with a button that merges it.
import { Hono } from 'hono';
import type { CallerEnv } from './authentication.ts';
import { GitHubApiError } from './errors.ts';
import { mergePull } from './merge-pull.ts';
import { listPulls } from './open-pull.ts';
import { findComparedBase } from './pull-routes.ts';
import { renderPull, renderPulls } from './render-pulls.ts';
import type { GitHubIdentity, GitHubState } from './state.ts';

/** Nothing comes from elsewhere, and nothing in a text can become code. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'";

/** Routes under `/{owner}/{repo}`. Whoever presses the button is `reviewer`. */
export function createPullPages(state: GitHubState, reviewer: GitHubIdentity): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  const home = `/${state.owner}/${state.name}`;
  const findPull = (number: string) => listPulls(state).find((pull) => pull.number === Number(number));

  routes.use(async (context, next) => {
    context.header('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    context.header('Cache-Control', 'no-store');
    await next();
  });

  routes.get('/', (context) => context.html(renderPulls(state)));
  routes.get('/pulls', (context) => context.redirect(home));

  routes.get('/pull/:number', async (context) => {
    const pull = findPull(context.req.param('number'));
    if (pull === undefined) return context.notFound();
    const { repository } = state;
    const base = await findComparedBase(state, pull.pull);
    const files = await repository.listChangedFiles(base, pull.pull.headSha);
    const { stdout: changes } = await repository.runGit(['diff', base, pull.pull.headSha]);
    return context.html(renderPull(state, { pull, files, changes }));
  });

  routes.post('/pull/:number/merge', async (context) => {
    const pull = findPull(context.req.param('number'));
    if (pull === undefined) return context.notFound();
    // A page of somebody else's may send a form here, too.
    if (context.req.header('sec-fetch-site') === 'cross-site') return context.text('Not from here.', 403);
    try {
      await mergePull(state, pull, { author: reviewer, method: 'merge' });
    } catch (error) {
      if (error instanceof GitHubApiError) return context.text(error.message, error.status);
      throw error;
    }
    return context.redirect(`${home}/pull/${pull.number}`, 303);
  });

  return routes;
}
