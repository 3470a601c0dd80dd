// `dormant init <stack>`: takes answers from flags, from the bootstrap's outputs, and in a terminal by asking.
import { Command } from 'commander';
import { createGit } from '../../forge/git/git.ts';
import { findMainName } from '../../forge/git/known-main.ts';
import { getTenantPath } from '../../policy/files/stack-files.ts';
import { isSameId } from '../../policy/identifiers.ts';
import type { Tenant } from '../../policy/schemas/tenant.ts';
import { type Globals, getGlobals, printJson } from '../globals.ts';
import { parseAnswers, questionNames, questions, type RawAnswers } from '../init/answers.ts';
import { askOpenQuestions } from '../init/ask.ts';
import { addEmbeddedRemote, embeddedOrigin, readEmbeddedAnswers } from '../init/embedded.ts';
import { describeReportNames, findReportNames } from '../init/find-report-names.ts';
import { describeSignIns, findSignIns } from '../init/find-sign-ins.ts';
import { addStack, type InitOutcome } from '../init/init.ts';
import { listCertain, type Offers, readBootstrapOutputs, readOffers } from '../init/offers.ts';
import { describeRecognised, describeUntaken, listUntaken, renderOrigins, traceAnswers } from '../init/origins.ts';
import { startSigning } from '../init/start-signing.ts';
import { installedProgram, nameProgram } from '../installed-folder.ts';
import { type LookFile, readLookFile } from '../look/look-file.ts';
import { createRepository, type NewRepository, stageAll } from '../new-repository/create-repository.ts';
import { createProgressPrinter } from '../print-progress.ts';

export function createInitCommand(): Command {
  const command = new Command('init')
    .description(
      'Add a tenant to the repository: its settings, code owners and emergency accounts; or make a repository.',
    )
    .argument('[stack]', 'name of the new stack, such as contoso')
    .option(
      '--new <folder>',
      'make a repository there that holds only what your team decides, and runs this version; with a stack, that is added to it',
    )
    .option('--package <version>', 'for --new: another version of Dormant, or the .tgz file of one')
    .option('--no-lockfile', 'for --new: leave the hashes to the first `npm install` there; asks no registry')
    .option('--bootstrap <file>', 'take the ids from `pulumi -C bootstrap stack output --json`')
    .option('--look <folder>', 'offer what `dormant look` learnt there: asks nothing of the tenant twice')
    .option('--embedded', 'take the answers of the embedded tenant that runs for this shell, and ask nothing')
    .option('--force', 'replace files that are there and different')
    .option('--signing', 'of a stack from before facts were signed: note, once, that it begins at main’s tip')
    .option(
      '--main <branch>',
      'the branch that proposals are merged into (default: the remote’s own; with --new: main)',
    );
  for (const { flag, asks } of Object.values(questions)) command.option(flag, asks);
  return command.action(runInit);
}

type Options = RawAnswers & {
  new?: string;
  package?: string;
  lockfile: boolean;
  bootstrap?: string;
  look?: string;
  embedded?: boolean;
  force?: boolean;
  signing?: boolean;
  main?: string;
};

async function runInit(stack: string | undefined, options: Options, command: Command): Promise<void> {
  const globals = getGlobals(command);
  const made = options.new === undefined ? null : await makeRepository(options.new, options);
  if (stack === undefined) {
    if (made === null) command.error("error: missing required argument 'stack'");
    return globals.json ? printJson(made) : printMade(made);
  }
  if (options.signing === true) return noteSigning(stack, options.main, globals);
  await addTenant(stack, options, { made, root: made?.folder ?? globals.repo, json: globals.json });
}

interface Place {
  /** null: the repository was there before. */
  made: NewRepository | null;
  root: string;
  json: boolean;
}

async function addTenant(stack: string, options: Options, { made, root, json }: Place): Promise<void> {
  const look = options.look === undefined ? null : await readLookFile(options.look);
  const offers = await readOffers(root, look);
  const given = { flags: collectFlags(options), outputs: await readOutputs(options) };
  const rawAnswers = await completeAnswers({ ...given.outputs, ...given.flags }, offers, canAsk(options, json));
  const answers = parseAnswers(rawAnswers);
  const { signIns, reportNames } = await findSettings(answers.tenant, look);
  const tenant = { ...answers.tenant, reportNames: reportNames ?? 'concealed' };
  const force = options.force ?? false;
  const added = await addStack({ root, stack, answers: { ...answers, tenant }, force, signIns });
  if (made?.isBegun === true) await stageAll(root);
  const remote = options.embedded === true ? await addEmbeddedRemote(root, process.env) : null;
  const outcome = {
    ...added,
    written: [...new Set([...(made?.written ?? []), ...added.written])],
    next:
      options.embedded === true ? listEmbeddedSteps(stack, made) : [...(made?.next.slice(0, -1) ?? []), ...added.next],
  };
  const notes = [
    describeSignIns(signIns, outcome.written),
    describeReportNames(reportNames, getTenantPath(stack)),
    remote === null ? null : `The remote origin is ${remote}`,
  ].filter((note) => note !== null);
  const origins = traceAnswers(rawAnswers, { ...given, outputsFile: options.bootstrap ?? embeddedOrigin, offers });
  const offered = listUntaken(offers, rawAnswers);
  if (json) return printJson({ stack, ...outcome, answers: origins, offered, signIns, reportNames, notes });
  for (const line of renderOrigins(origins)) console.log(line);
  printOutcome(stack, outcome, [...notes, ...describeUntaken(offered), ...describeRecognised(look, offered)]);
}

function canAsk({ embedded }: Options, json: boolean): boolean {
  return process.stdin.isTTY && process.stdout.isTTY && !json && embedded !== true;
}

/** Where nobody can be asked, what is certain is taken, and no guess. */
async function completeAnswers(given: RawAnswers, offers: Offers, isAsking: boolean): Promise<RawAnswers> {
  return isAsking ? askOpenQuestions(given, offers) : { ...listCertain(offers), ...addReplyTo(given) };
}

/** What nobody may read now, the look may have seen: of the same tenant. */
async function findSettings(tenant: Tenant, look: LookFile | null) {
  const [signIns, reportNames] = await Promise.all([findSignIns(tenant), findReportNames(tenant)]);
  const seen = look !== null && isSameId(look.tenantId, tenant.tenantId) ? look : null;
  return { signIns: signIns ?? seen?.signIns ?? null, reportNames: reportNames ?? seen?.reportNames ?? null };
}

async function readOutputs({ bootstrap, embedded }: Options): Promise<RawAnswers> {
  if (embedded === true) return readEmbeddedAnswers(process.env);
  return bootstrap ? readBootstrapOutputs(bootstrap) : {};
}

async function makeRepository(folder: string, options: Options): Promise<NewRepository> {
  const { package: source, lockfile: hasLockfile, main, embedded } = options;
  // Before anything is written.
  if (embedded === true) readEmbeddedAnswers(process.env);
  const say = createProgressPrinter(process.stderr);
  return createRepository(folder, { source, main, hasLockfile, say });
}

function printMade({ folder, written, next }: NewRepository): void {
  for (const path of written) console.log(`wrote      ${path}`);
  console.log(`\n${folder} is there; its README says what each file is for. Next:\n`);
  for (const line of next) console.log(`  ${line}`);
}

/** There is no gh for an emulated GitHub, and no environment in it. */
function listEmbeddedSteps(stack: string, made: NewRepository | null): string[] {
  const folder = made?.folder ?? process.cwd();
  return [
    ...(folder === process.cwd() ? [] : [`cd ${folder}`]),
    ...(made === null ? [] : ['npm ci']),
    `${made === null ? nameProgram() : installedProgram} audit ${stack}`,
  ];
}

async function noteSigning(stack: string, named: string | undefined, { repo, json }: Globals): Promise<void> {
  const main = named ?? (await findMainName(createGit(repo)));
  const started = await startSigning(repo, stack, main);
  if (json) return printJson({ stack, ...started });
  console.log(
    `wrote      ${started.path}\n\nWhat ${main} has at ${started.since} counts as signed until it moves. Next:\n`,
  );
  for (const line of started.next) console.log(`  ${line}`);
}

function collectFlags(options: Options): RawAnswers {
  const entries = questionNames.map((question) => [question, options[question]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Without --reply-to, managers answer to the sender. */
function addReplyTo(answers: RawAnswers): RawAnswers {
  return answers.sender === undefined ? answers : { replyTo: answers.sender, ...answers };
}

function printOutcome(stack: string, { written, unchanged, next }: InitOutcome, notes: readonly string[]): void {
  for (const path of written) console.log(`wrote      ${path}`);
  for (const path of unchanged) console.log(`unchanged  ${path}`);
  for (const note of notes) console.log(`\n${note}`);
  console.log(`\nThe stack ${stack} is there. Next:\n`);
  for (const line of next) console.log(`  ${line}`);
}
