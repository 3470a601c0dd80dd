// Workflows of Actions and their runs: which there are, switched off and on, started by hand, looked at, deleted.
import { type Context, Hono } from 'hono';
import { type CallerEnv, isRecord, readJsonBody, requirePermission } from './authentication.ts';
import { notFound, unprocessable } from './errors.ts';
import type { GitHubState } from './state.ts';
import { countUp } from './users.ts';

type Run = Record<string, unknown>;

/** Routes under `/repos/{owner}/{repo}/actions`. A workflow is named by its file or by its id, in each of them. */
export function createWorkflowRoutes(state: GitHubState): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  const { settings } = state;

  routes.get('/workflows', async (context) => {
    requirePermission(context, 'read', 'actions');
    const workflows = (await listFiles(state)).map((file) => buildWorkflowBody(state, file));
    return context.json({ total_count: workflows.length, workflows });
  });

  routes.get('/workflows/:file', async (context) => {
    requirePermission(context, 'read', 'actions');
    return context.json(buildWorkflowBody(state, await requireFile(state, context)));
  });

  for (const [verb, becomes] of [
    ['disable', 'disabled_manually'],
    ['enable', 'active'],
  ] as const)
    routes.put(`/workflows/:file/${verb}`, async (context) => {
      requirePermission(context, 'write', 'actions');
      settings.stopped[await requireFile(state, context)] = becomes;
      return context.body(null, 204);
    });

  routes.get('/workflows/:file/runs', async (context) => {
    requirePermission(context, 'read', 'actions');
    const file = await requireFile(state, context);
    const { status, created } = context.req.query();
    const runs = (settings.runs[file] ?? [])
      .filter(({ conclusion }) => status === undefined || conclusion === status)
      .filter((run) => created === undefined || isCreated(String(run.created_at), created));
    return context.json({ total_count: runs.length, workflow_runs: runs.map((run) => buildRunBody(file, run)) });
  });

  routes.post('/workflows/:file/dispatches', async (context) => {
    requirePermission(context, 'write', 'actions');
    const { ref, inputs } = await readJsonBody(context);
    const workflow = findFile(await listFiles(state), context.req.param('file')) ?? context.req.param('file');
    const head = await state.repository.findHead(String(ref));
    if (head === null) throw unprocessable(`No ref found for: ${String(ref)}`);
    if (!(await state.repository.hasPath(head, `${folder}${workflow}`))) throw notFound();
    if (buildWorkflowBody(state, workflow).state !== 'active')
      throw unprocessable("Cannot trigger a 'workflow_dispatch' on a disabled workflow");
    const given = isRecord(inputs) ? inputs : {};
    state.dispatches.push({
      workflow,
      ref: String(ref),
      inputs: Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)])),
    });
    return context.body(null, 204);
  });

  routes.get('/runs/:id', (context) => {
    requirePermission(context, 'read', 'actions');
    const { file, run } = requireRun(state, context);
    return context.json(buildRunBody(file, run));
  });

  routes.delete('/runs/:id', (context) => {
    requirePermission(context, 'write', 'actions');
    const { file, run } = requireRun(state, context);
    settings.runs[file] = (settings.runs[file] ?? []).filter((other) => other !== run);
    return context.body(null, 204);
  });

  // docs.github.com/rest/actions/artifacts
  routes.get('/artifacts', (context) => {
    requirePermission(context, 'read', 'actions');
    const { name } = context.req.query();
    const artifacts = settings.artifacts
      .filter((artifact) => name === undefined || artifact.name === name)
      .map(({ name, run, commit, created_at, expired = false }) => ({
        ...{ id: countUp(`${name} ${run}`), name, expired, created_at },
        workflow_run: { id: run, head_sha: commit, head_branch: state.defaultBranch },
      }));
    return context.json({ total_count: artifacts.length, artifacts });
  });

  return routes;
}

const folder = '.github/workflows/';

/** Those of the default branch, and those that a test has given runs. */
async function listFiles({ repository, defaultBranch, settings }: GitHubState): Promise<string[]> {
  const head = await repository.findHead(defaultBranch);
  const listed = head === null ? '' : (await repository.runGit(['ls-tree', '--name-only', head, folder])).stdout;
  const files = listed.split('\n').filter((path) => /\.ya?ml$/.test(path));
  return [...new Set([...files.map((path) => path.slice(folder.length)), ...Object.keys(settings.runs)])];
}

function findFile(files: readonly string[], named: string): string | undefined {
  return files.find((file) => file === named || String(countUp(file)) === named);
}

async function requireFile(state: GitHubState, context: Context<CallerEnv>): Promise<string> {
  const file = findFile(await listFiles(state), context.req.param('file') ?? '');
  if (file === undefined) throw notFound();
  return file;
}

function requireRun({ settings }: GitHubState, context: Context<CallerEnv>): { file: string; run: Run } {
  for (const [file, runs] of Object.entries(settings.runs))
    for (const run of runs) if (String(getRunId(run)) === context.req.param('id')) return { file, run };
  throw notFound();
}

function buildWorkflowBody({ settings }: GitHubState, file: string) {
  const path = `${folder}${file}`;
  return { id: countUp(file), name: path, path, state: settings.stopped[file] ?? 'active' };
}

function buildRunBody(file: string, run: Run): Run {
  return { id: getRunId(run), event: 'schedule', status: 'completed', workflow_id: countUp(file), ...run };
}

const runIds = new WeakMap<Run, number>();
let lastRunId = 30_433_000;

function getRunId(run: Run): number {
  const id = runIds.get(run) ?? ++lastRunId;
  runIds.set(run, id);
  return id;
}

/**
 * A search for dates: `2026-12-01`, `<2026-12-01`, `>=…`, `…..…`.
 * docs.github.com/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax
 */
function isCreated(at: string, asked: string): boolean {
  const [, from, to] = /^(.+)\.\.(.+)$/.exec(asked) ?? [];
  if (from !== undefined && to !== undefined) return at >= from && at.slice(0, to.length) <= to;
  const [, sign = '', day = ''] = /^([<>]=?)?(.+)$/.exec(asked) ?? [];
  const order = at.slice(0, day.length).localeCompare(day);
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[sign] ?? order === 0;
}
