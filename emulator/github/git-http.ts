// git over HTTP, as clone, fetch and push ask for it: git's own programs do the work.
// https://git-scm.com/docs/http-protocol, "Smart Clients".
import { spawn } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import { type Context, Hono } from 'hono';
import type { CallerEnv } from './authentication.ts';
import { findRule } from './refused-branches.ts';
import { ownConfiguration } from './run-git.ts';
import type { GitHubIdentity, GitHubState } from './state.ts';

const services = { 'git-upload-pack': 'upload-pack', 'git-receive-pack': 'receive-pack' } as const;
type Service = keyof typeof services;

/** Routes under `/{owner}/{repo}` and `/{owner}/{repo}.git`. */
export function createGitHttpRoutes(state: GitHubState, identities: readonly GitHubIdentity[]): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();

  routes.get('/info/refs', async (context) => {
    const service = context.req.query('service') ?? '';
    // Without a service it is the "dumb" protocol, which GitHub does not speak.
    if (!isService(service)) return context.text('Please upgrade your git client.\n', 403);
    const refusal = findRefusal(context, service, identities);
    if (refusal !== null) return refusal;
    const refs = await runService(state, context, { service, more: ['--http-backend-info-refs'] });
    const announced = Buffer.from(`${formatLine(`# service=${service}\n`)}0000`);
    return send(context, `${service}-advertisement`, Buffer.concat([announced, refs]));
  });

  routes.post('/:service{git-(upload|receive)-pack}', async (context) => {
    const service = context.req.param('service');
    if (!isService(service)) return context.notFound();
    const refusal = findRefusal(context, service, identities);
    if (refusal !== null) return refusal;
    const sent = Buffer.from(await context.req.arrayBuffer());
    const input = context.req.header('content-encoding') === 'gzip' ? gunzipSync(sent) : sent;
    const rule = service === 'git-receive-pack' ? await findBrokenRule(state, input) : null;
    if (rule !== null) return context.text(`${rule}\n`, 403);
    const result = await runService(state, context, { service, input });
    if (service === 'git-receive-pack') await adoptFirstBranch(state);
    return send(context, `${service}-result`, result);
  });

  return routes;
}

function isService(name: string): name is Service {
  return Object.hasOwn(services, name);
}

/** null: this token may. A private repository is not there for a token that GitHub does not know. */
function findRefusal(
  context: Context<CallerEnv>,
  service: Service,
  identities: readonly GitHubIdentity[],
): Response | null {
  const [, basic = ''] = /^basic (.+)$/i.exec(context.req.header('authorization') ?? '') ?? [];
  const token = Buffer.from(basic, 'base64').toString().split(':').slice(1).join(':');
  if (basic === '') {
    context.header('www-authenticate', 'Basic realm="GitHub"');
    return context.text('Authentication required.\n', 401);
  }
  const caller = identities.find((identity) => identity.token === token);
  if (caller === undefined) return context.text('Repository not found.\n', 404);
  const { contents } = caller.permissions;
  if (contents === 'write' || (contents === 'read' && service === 'git-upload-pack')) return null;
  return context.text(`Write access to repository not granted to ${caller.login}.\n`, 403);
}

/** Of the branches that a push is for: they stand before the packed objects, in lines of old, new and name. */
async function findBrokenRule(state: GitHubState, input: Buffer): Promise<string | null> {
  const packed = input.indexOf('PACK');
  const commands = input.toString('latin1', 0, packed === -1 ? input.length : packed);
  for (const [, branch = ''] of commands.matchAll(/[0-9a-f]{40} [0-9a-f]{40} refs\/heads\/([^\0\n]+)/g)) {
    const rule = await findRule(state, branch);
    if (rule !== null) return rule;
  }
  return null;
}

/** The first branch that is pushed to an empty repository becomes its default one, whatever it is called. */
async function adoptFirstBranch(state: GitHubState): Promise<void> {
  const { repository, defaultBranch } = state;
  if ((await repository.findHead(defaultBranch)) !== null) return;
  const { stdout } = await repository.runGit(['for-each-ref', '--count=1', '--format=%(refname)', 'refs/heads']);
  const ref = stdout.trim();
  if (ref === '') return;
  await repository.runGit(['symbolic-ref', 'HEAD', ref]);
  state.defaultBranch = ref.slice('refs/heads/'.length);
}

async function runService(
  { repository }: GitHubState,
  context: Context<CallerEnv>,
  { service, more = [], input = Buffer.alloc(0) }: { service: Service; more?: readonly string[]; input?: Buffer },
): Promise<Buffer> {
  const protocol = context.req.header('git-protocol');
  const env = { ...process.env, ...ownConfiguration, ...(protocol === undefined ? {} : { GIT_PROTOCOL: protocol }) };
  const args = [services[service], '--stateless-rpc', ...more, repository.directory];
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.once('error', reject);
    // What git has to say against a request stands in its answer.
    child.once('close', () => resolve(Buffer.concat(output)));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

function send(context: Context<CallerEnv>, kind: string, body: Buffer): Response {
  context.header('cache-control', 'no-cache');
  context.header('content-type', `application/x-${kind}`);
  return context.body(new Uint8Array(body));
}

/** A line of git's protocol begins with its length, these four digits included. */
function formatLine(text: string): string {
  return `${(text.length + 4).toString(16).padStart(4, '0')}${text}`;
}
