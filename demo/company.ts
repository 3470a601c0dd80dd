// The company of the story: an embedded tenant, a bare git repository as its forge, and a clone that people work in.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Emulator, type EmulatorOptions, fastQuotas, startEmulator } from '@dormant-m365/emulator';
import { execa } from 'execa';
import { listGrantedRights } from '../bootstrap/granted.ts';

export const stack = 'embedded';

export const policyPath = 'policy/policy.yaml';

/** Root of this project, which policy and schemas are copied from. */
const root = join(import.meta.dirname, '..');

export interface Company {
  tenant: Emulator;
  /** The clone's folder; `out/<stack>/` in it has the results of the audits. */
  repository: string;
  /** The tenant's day, which is also the date of commits. */
  today(): string;
  /** Runs `dormant` as a person would, in its own process; throws its output if it fails. */
  dormant(...args: string[]): Promise<string>;
  /** The same for a command that may fail or be killed. */
  start(...args: string[]): RunningCommand;
  git(...args: string[]): Promise<string>;
  /** `dormant key new`; the audits from then on are given its private half. What it did to tenant.yaml is to be merged. */
  makeKey(): Promise<void>;
  close(): Promise<void>;
}

/** The secret of the audit's environment. */
interface FactsKeySecret {
  privateKey?: string;
}

/** A running command, at the head of its own process tree. */
interface RunningCommand {
  pid: number;
  /** `exitCode` null: it was killed. `output`: standard output and error in their order. */
  ended: Promise<{ exitCode: number | null; output: string }>;
}

/** The mailbox that sends notices to managers. */
const sender = 'it-lifecycle@contoso.com';
/** Who is told of executives with inactive accounts. */
export const humanResources = 'hr@contoso.com';

/** Exactly what `bootstrap/` grants, so that the story proves it to be enough. */
const identities = {
  audit: listGrantedRights('audit', 'premium', 'groupEligibility', 'groupRules', 'holds'),
  apply: listGrantedRights('apply', 'premium', 'groupEligibility', 'groupRules', 'exchange', 'mail'),
};

/** Creates everything anew below `folder`, which git ignores. `options`: what the tenant is like, other rights included. */
export async function createCompany(folder: string, options: EmulatorOptions = {}): Promise<Company> {
  await rm(folder, { recursive: true, force: true });
  const { people = [], switches } = options;
  const tenant = await startEmulator({
    ...options,
    identities: { ...identities, ...options.identities },
    people: [...people, { displayName: 'IT Lifecycle', userPrincipalName: sender }],
    switches: { concealmentDelaySeconds: 0, ...fastQuotas, ...switches },
  });
  const repository = join(folder, 'repository');
  const today = () => new Date(tenant.tenant.clock.now()).toISOString();
  const git = createGit(repository, today);
  const secret: FactsKeySecret = {};
  const surroundings = { tenant, repository, now: today, secret };
  const company: Company = {
    tenant,
    repository,
    today: () => today().slice(0, 10),
    dormant: createDormant(surroundings),
    start: createStart(surroundings),
    git,
    makeKey: () => makeKey(surroundings),
    close: () => tenant.close(),
  };
  await adopt(company, folder);
  return company;
}

/** What a company does once: copies the repository, fills in its tenant, and pushes that to main. */
async function adopt({ tenant, repository, git, makeKey }: Company, folder: string): Promise<void> {
  await mkdir(repository, { recursive: true });
  for (const path of [policyPath, 'policy/prices.yaml', 'exemptions.yaml'])
    await cp(join(root, 'policy/defaults', basename(path)), join(repository, path));
  await cp(join(root, 'policy/schemas'), join(repository, 'policy/schemas'), { recursive: true });
  const policy = await readFile(join(repository, policyPath), 'utf8');
  await write(repository, policyPath, addContacts(policy));
  await write(repository, `stacks/${stack}/tenant.yaml`, renderTenantYaml(tenant));
  await write(repository, '.gitignore', 'out/\n');
  await makeKey();
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=Adopt Dormant');
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', join(folder, 'remote.git')]);
  await git('remote', 'add', 'origin', join(folder, 'remote.git'));
  await git('push', '--quiet', '--set-upstream', 'origin', 'main');
}

/** The two addresses that every company has to fill in. */
function addContacts(policy: string): string {
  return policy
    .replace(/fallbackContact: .*/, `fallbackContact: ${sender}`)
    .replace(/# hrContact: \S+/, `hrContact: ${humanResources}`);
}

function renderTenantYaml({ tenant, identities }: Emulator): string {
  const formatClient = (name: string) => `{ clientId: ${identities[name]?.clientId ?? ''} }`;
  return `# yaml-language-server: $schema=../../policy/schemas/tenant.schema.json
tenantId: ${tenant.id}
cloud: emulator
audit: ${formatClient('audit')}
apply: ${formatClient('apply')}
notifications: { sender: ${sender}, replyTo: ${sender} }
timeZone: Europe/Berlin
currency: USD
reportNames: concealed
`;
}

function createGit(repository: string, now: () => string) {
  return async (...args: string[]): Promise<string> => {
    const person = [
      '-c',
      'user.name=Riley Reviewer',
      '-c',
      'user.email=riley@contoso.com',
      '-c',
      'commit.gpgSign=false',
    ];
    const { stdout } = await execa('git', ['-C', repository, ...person, ...args], {
      env: buildGitDates(now()),
    });
    return stdout;
  };
}

interface Surroundings {
  tenant: Emulator;
  repository: string;
  now: () => string;
  secret: FactsKeySecret;
}

function createDormant(surroundings: Surroundings) {
  return async (...args: string[]): Promise<string> => {
    const { stdout } = await execa(getNode(), buildArguments(args, surroundings), {
      env: buildEnvironment(args, surroundings),
      stderr: ['pipe', 'inherit'],
    });
    return stdout;
  };
}

function createStart(surroundings: Surroundings) {
  return (...args: string[]): RunningCommand => {
    const env = buildEnvironment(args, surroundings);
    const running = execa(getNode(), buildArguments(args, surroundings), { env, reject: false, all: true });
    const ended = running.then(({ exitCode = null, all }) => ({ exitCode, output: all }));
    return { pid: running.pid ?? 0, ended };
  };
}

async function makeKey(surroundings: Surroundings): Promise<void> {
  const args = ['key', 'new', stack];
  const env = buildEnvironment(args, surroundings);
  const { stdout } = await execa(getNode(), buildArguments(args, surroundings), { env });
  surroundings.secret.privateKey = stdout;
}

/** For tests of the package, which change both: the Node that runs the story, and the installed program. */
function getNode(): string {
  return process.env.DORMANT_STORY_NODE ?? 'node';
}

function buildArguments(args: readonly string[], { repository }: Surroundings): string[] {
  return [process.env.DORMANT_STORY_PROGRAM ?? join(root, 'cli/dormant.ts'), ...args, '--repo', repository];
}

function buildEnvironment(args: readonly string[], { tenant, now, secret }: Surroundings) {
  const { url, caFile, identities } = tenant;
  const which = args[0] === 'apply' ? 'apply' : 'audit';
  return {
    ...buildGitDates(now()),
    // A story starts hundreds of processes: what the first has compiled, the others load.
    NODE_COMPILE_CACHE: join(root, 'out', 'compiled'),
    // The engine's commands end before collecting garbage pays.
    GOGC: '400',
    DORMANT_EMULATOR_URL: url,
    NODE_EXTRA_CA_CERTS: caFile,
    SSL_CERT_FILE: caFile,
    AZURE_CLIENT_SECRET: identities[which]?.clientSecret ?? '',
    DORMANT_FACTS_KEY: args[0] === 'audit' ? secret.privateKey : undefined,
    GITHUB_TOKEN: undefined,
    GITHUB_ACTIONS: undefined,
  };
}

function buildGitDates(now: string) {
  return { GIT_AUTHOR_DATE: now, GIT_COMMITTER_DATE: now };
}

async function write(repository: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(repository, path)), { recursive: true });
  await writeFile(join(repository, path), text);
}
