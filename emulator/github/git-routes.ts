// Refs, commits, merges and files over REST.
import { type Context, Hono } from 'hono';
import { type CallerEnv, isRecord, listStrings, readJsonBody, requirePermission } from './authentication.ts';
import { type TreeEntry, webFlow } from './bare-repository.ts';
import { conflict, createValidationError, notFound, unprocessable } from './errors.ts';
import { findRule } from './refused-branches.ts';
import type { GitHubState } from './state.ts';

/** Routes under `/repos/{owner}/{repo}`: `/git/*`, `/merges`, `/contents/*`. */
export function createGitRoutes(state: GitHubState): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  const { repository } = state;

  routes.get('/git/ref/:ref{heads(/|%2F).+}', async (context) => {
    requirePermission(context, 'read', 'contents');
    const branch = context.req.param('ref').slice('heads/'.length);
    const sha = await repository.findHead(branch);
    if (sha === null) throw notFound();
    return context.json(buildRef(`refs/heads/${branch}`, sha));
  });

  routes.post('/git/refs', async (context) => {
    requirePermission(context, 'write', 'contents');
    const { ref, sha } = await readJsonBody(context);
    if (typeof ref !== 'string' || !/^refs\/heads\/.+/.test(ref)) throw unprocessable('Reference name is invalid');
    if (typeof sha !== 'string' || !(await repository.hasObject(sha))) throw unprocessable('Object does not exist');
    if ((await repository.findHead(ref.slice('refs/heads/'.length))) !== null) {
      throw unprocessable('Reference already exists');
    }
    await requireNoRule(state, ref.slice('refs/heads/'.length));
    await repository.updateRef(ref, sha, null).catch(() => {
      throw unprocessable('Reference update failed'); // a branch `a` blocks `a/b`, and the other way round
    });
    return context.json(buildRef(ref, sha), 201);
  });

  routes.patch('/git/refs/:ref{heads(/|%2F).+}', async (context) => {
    requirePermission(context, 'write', 'contents');
    const branch = context.req.param('ref').slice('heads/'.length);
    const { sha, force } = await readJsonBody(context);
    const before = await repository.findHead(branch);
    if (before === null) throw unprocessable('Reference does not exist');
    if (typeof sha !== 'string' || !(await repository.hasObject(sha))) throw unprocessable('Object does not exist');
    if (force !== true && !(await repository.isAncestor(before, sha))) {
      throw unprocessable('Update is not a fast forward');
    }
    await requireNoRule(state, branch);
    await repository.updateRef(`refs/heads/${branch}`, sha, before);
    return context.json(buildRef(`refs/heads/${branch}`, sha));
  });

  routes.get('/git/commits/:sha', async (context) => {
    requirePermission(context, 'read', 'contents');
    const sha = context.req.param('sha');
    if (!(await repository.hasObject(sha))) throw notFound();
    const tree = (await repository.runGit(['rev-parse', `${sha}^{tree}`])).stdout.trim();
    return context.json({ sha, tree: { sha: tree }, verification: { verified: state.signed.has(sha) } });
  });

  routes.post('/git/trees', async (context) => {
    requirePermission(context, 'write', 'contents');
    const { base_tree: base, tree } = await readJsonBody(context);
    const entries = Array.isArray(tree) ? tree.map((entry: unknown) => readTreeEntry(entry)) : [];
    return context.json({ sha: await repository.buildTree(String(base), entries), truncated: false }, 201);
  });

  routes.post('/git/commits', async (context) => {
    const caller = requirePermission(context, 'write', 'contents');
    const { message, tree, parents, author } = await readJsonBody(context);
    if (typeof message !== 'string' || typeof tree !== 'string' || !(await repository.hasObject(tree))) {
      throw createValidationError({ resource: 'Commit', code: 'invalid', field: 'tree' });
    }
    const sha = await repository.commitTree({
      tree,
      parents: listStrings(parents),
      message,
      author: caller,
      committer: caller,
    });
    // GitHub signs a bot's commit that names no author.
    if (caller.type === 'Bot' && author === undefined) state.signed.add(sha);
    return context.json({ sha, message, verification: { verified: state.signed.has(sha) } }, 201);
  });

  routes.get('/contents/:path{.+}', (context) => sendFile(context, state, context.req.param('path')));

  routes.post('/merges', async (context) => {
    const caller = requirePermission(context, 'write', 'contents');
    const { base, head, commit_message: message } = await readJsonBody(context);
    const into = await repository.findHead(String(base));
    const from =
      (await repository.findHead(String(head))) ?? ((await repository.hasObject(String(head))) ? String(head) : null);
    if (into === null) throw notFound('Base does not exist');
    if (from === null) throw notFound('Head does not exist');
    if (await repository.isAncestor(from, into)) return context.body(null, 204);
    const rule = await findRule(state, String(base));
    // GitHub documents both, and for neither whether a rule is meant.
    if (rule !== null) throw state.settings.mergesRefusedBy === 409 ? conflict(rule) : unprocessable(rule);
    const tree = await repository.mergeTree(into, from);
    if (tree === null) throw conflict('Merge conflict');
    const text = typeof message === 'string' ? message : `Merge ${String(head)} into ${String(base)}`;
    const sha = await repository.commitTree({
      tree,
      parents: [into, from],
      message: text,
      author: caller,
      committer: webFlow,
    });
    await repository.updateRef(`refs/heads/${String(base)}`, sha, into);
    state.signed.add(sha);
    return context.json({ sha, commit: { message: text, verification: { verified: true } } }, 201);
  });

  return routes;
}

/** Of the default branch, or of a branch or commit: https://docs.github.com/rest/repos/contents#get-repository-content */
async function sendFile(context: Context<CallerEnv>, state: GitHubState, path: string): Promise<Response> {
  requirePermission(context, 'read', 'contents');
  const ref = context.req.query('ref') ?? state.defaultBranch;
  const commit = (await state.repository.findHead(ref)) ?? ref;
  if (!/^[0-9a-f]{40}$/.test(commit)) throw notFound(`No commit found for the ref ${ref}`);
  const blob = `${commit}:${path}`;
  const { code, stdout } = await state.repository.runGit(['cat-file', 'blob', blob], { allowed: [0, 128] });
  if (code !== 0) throw notFound();
  if (context.req.header('accept') === 'application/vnd.github.raw+json') return context.body(stdout);
  return context.json({ type: 'file', path, encoding: 'base64', content: Buffer.from(stdout).toString('base64') });
}

async function requireNoRule(state: GitHubState, branch: string): Promise<void> {
  const rule = await findRule(state, branch);
  if (rule !== null) throw unprocessable(rule);
}

/** GitHub refuses a tree with one entry that is none, and one that names a blob it does not have. */
function readTreeEntry(entry: unknown): TreeEntry {
  if (!isRecord(entry) || typeof entry.path !== 'string' || typeof entry.mode !== 'string')
    throw unprocessable('tree.path and tree.mode are required');
  const { path, mode, sha, content } = entry;
  if (typeof content === 'string' && sha === undefined) return { path, mode, content };
  if (sha === null || typeof sha === 'string') return { path, mode, sha };
  throw unprocessable('Must supply either tree.sha or tree.content');
}

function buildRef(ref: string, sha: string): Record<string, unknown> {
  return { ref, object: { type: 'commit', sha } };
}
