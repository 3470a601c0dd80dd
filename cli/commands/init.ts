// `dormant init <stack>`: takes answers from flags, from the bootstrap's outputs, and in a terminal by asking.
import { Command } from 'commander';
import { createGit } from '../../forge/git/git.ts';
import { findMainName } from '../../forge/git/known-main.ts';
import { isSameId } from '../../policy/identifiers.ts';
import { type Globals, getGlobals, printJson } from '../globals.ts';
import { parseAnswers, questionNames, questions, type RawAnswers } from '../init/answers.ts';
import { askOpenQuestions } from '../init/ask.ts';
import { describeReportNames, findReportNames } from '../init/find-report-names.ts';
import { describeSignIns, findSignIns } from '../init/find-sign-ins.ts';
import { addStack, type InitOutcome } from '../init/init.ts';
import { listCertain, readBootstrapOutputs, readOffers } from '../init/offers.ts';
import { describeLicensingGroups, describeUntaken, listUntaken, renderOrigins, traceAnswers } from '../init/origins.ts';
import { startSigning } from '../init/start-signing.ts';
import { readLookFile } from '../look/look-file.ts';
import { createRepository } from '../new-repository/create-repository.ts';
import { createProgressPrinter } from '../print-progress.ts';

export function createInitCommand(): Command {
  const command = new Command('init')
    .description(
      'Add a tenant to the repository: its settings, code owners and emergency accounts; or make a repository.',
    )
    .argument('[stack]', 'name of the new stack, such as contoso')
    .option('--new <folder>', 'make a repository there that holds only what your team decides, and runs this version')
    .option('--package <version>', 'for --new: another version of Dormant, or the .tgz file of one')
    .option('--no-lockfile', 'for --new: leave the hashes to the first `npm install` there; asks no registry')
    .option('--bootstrap <file>', 'take the ids from `pulumi -C bootstrap stack output --json`')
    .option('--look <folder>', 'offer what `dormant look` learnt there: asks nothing of the tenant twice')
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
  force?: boolean;
  signing?: boolean;
  main?: string;
};

async function runInit(stack: string | undefined, options: Options, command: Command): Promise<void> {
  const globals = getGlobals(command);
  if (options.new !== undefined) return makeRepository(options.new, options, globals);
  if (stack === undefined) command.error("error: missing required argument 'stack'");
  if (options.signing === true) return noteSigning(stack, options.main, globals);
  const { repo, json } = globals;
  const look = options.look === undefined ? null : await readLookFile(options.look);
  const offers = await readOffers(repo, look);
  const flags = collectFlags(options);
  const outputs = options.bootstrap ? await readBootstrapOutputs(options.bootstrap) : {};
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY && !json;
  const rawAnswers = isTerminal
    ? await askOpenQuestions({ ...outputs, ...flags }, offers)
    : { ...listCertain(offers), ...addReplyTo({ ...outputs, ...flags }) };
  const answers = parseAnswers(rawAnswers);
  const origins = traceAnswers(rawAnswers, { flags, outputs, outputsFile: options.bootstrap ?? '', offers });
  const [signInsNow, namesNow] = await Promise.all([findSignIns(answers.tenant), findReportNames(answers.tenant)]);
  // What nobody may read now, the look may have seen: of the same tenant.
  const seen = look !== null && isSameId(look.tenantId, answers.tenant.tenantId) ? look : null;
  const [signIns, reportNames] = [signInsNow ?? seen?.signIns ?? null, namesNow ?? seen?.reportNames ?? null];
  const tenant = { ...answers.tenant, reportNames: reportNames ?? 'concealed' };
  const force = options.force ?? false;
  const outcome = await addStack({ root: repo, stack, answers: { ...answers, tenant }, force, signIns });
  const notes = [
    describeSignIns(signIns, outcome.written),
    describeReportNames(reportNames, `stacks/${stack}/tenant.yaml`),
  ].filter((note) => note !== null);
  const found = listUntaken(offers, rawAnswers);
  if (json) return printJson({ stack, ...outcome, answers: origins, offered: found, signIns, reportNames, notes });
  for (const line of renderOrigins(origins)) console.log(line);
  printOutcome(stack, outcome, [...notes, ...describeUntaken(found), ...describeLicensingGroups(look)]);
}

async function makeRepository(
  folder: string,
  { package: source, lockfile: hasLockfile, main }: Options,
  { json }: Globals,
): Promise<void> {
  const say = createProgressPrinter(process.stderr);
  const made = await createRepository(folder, { source, main, hasLockfile, say });
  if (json) return printJson(made);
  for (const path of made.written) console.log(`wrote      ${path}`);
  console.log(`\n${made.folder} is there; its README says what each file is for. Next:\n`);
  for (const line of made.next) console.log(`  ${line}`);
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
