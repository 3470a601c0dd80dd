// `dormant init <stack>`: from flags, from the bootstrap's outputs, and in a terminal from the person who sits there.
import { Command } from 'commander';
import { globals, printJson } from '../globals.ts';
import { answersFrom, type Question, questions, type Said } from '../init/answers.ts';
import { askFor } from '../init/ask.ts';
import { findSignIns, tellSignIns } from '../init/find-sign-ins.ts';
import { type InitOutcome, init } from '../init/init.ts';
import { bootstrapOutputs, offersFor } from '../init/offers.ts';

export function initCommand(): Command {
  const command = new Command('init')
    .description('Add a tenant to the repository: its settings, code owners and emergency accounts.')
    .argument('<stack>', 'name of the new stack, such as contoso')
    .option('--bootstrap <file>', 'take the ids from `pulumi -C bootstrap stack output --json`')
    .option('--force', 'replace files that are there and different');
  for (const { flag, asks } of Object.values(questions)) command.option(flag, asks);
  return command.action(run);
}

type Options = Said & { bootstrap?: string; force?: boolean };

async function run(stack: string, options: Options, command: Command): Promise<void> {
  const { repo, json } = globals(command);
  const offers = await offersFor(repo);
  const given = {
    ...(options.bootstrap ? await bootstrapOutputs(options.bootstrap) : {}),
    ...flagsIn(options),
  };
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY && !json;
  const said = isTerminal ? await askFor(given, offers) : { ...offers, ...withSender(given) };
  const answers = answersFrom(said);
  const signIns = await findSignIns(answers.tenant);
  const outcome = await init({ root: repo, stack, answers, force: options.force ?? false, signIns });
  const note = tellSignIns(signIns, outcome.written);
  if (json) printJson({ stack, ...outcome, signIns, ...(note === null ? {} : { note }) });
  else printOutcome(stack, outcome, note);
}

function flagsIn(options: Options): Said {
  const given = Object.keys(questions)
    .filter((key): key is Question => key in questions)
    .map((question) => [question, options[question]] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** Without --reply-to, managers answer to the sender. */
function withSender(given: Said): Said {
  return given.sender === undefined ? given : { replyTo: given.sender, ...given };
}

function printOutcome(stack: string, { written, unchanged, next }: InitOutcome, note: string | null): void {
  for (const path of written) console.log(`wrote      ${path}`);
  for (const path of unchanged) console.log(`unchanged  ${path}`);
  if (note !== null) console.log(`\n${note}`);
  console.log(`\nThe stack ${stack} is there. Next:\n`);
  for (const line of next) console.log(`  ${line}`);
}
