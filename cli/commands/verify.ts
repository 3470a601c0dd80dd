// dormant verify: whether the records of a stack are whole, without a network: what is missing, changed, there twice or erased.
import { Command } from 'commander';
import { DormantError } from '../../policy/errors.ts';
import { sanitiseLog } from '../github-actions.ts';
import { getGlobals, printJson } from '../globals.ts';
import { showProgress } from '../progress.ts';
import { describeVerified } from '../record/describe-verified.ts';
import { extractRun } from '../record/extract-run.ts';
import { locateRecords } from '../record/locate-records.ts';
import { verifyRecords } from '../record/verify-records.ts';

interface Options {
  stack?: string;
  tenant?: string;
  contains?: string;
  extract?: string;
  out?: string;
}

export function createVerifyCommand(): Command {
  return new Command('verify')
    .description(
      'Say whether the records of a stack are whole and who has signed them, from a copy and without a network.',
    )
    .argument('<record>', 'a folder that the store was copied into, or a stack, whose store is asked then')
    .option('--stack <stack>', 'the stack, where the folder has records of several')
    .option(
      '--tenant <file>',
      'the tenant.yaml whose keys to trust (default: the stack’s in this repository, if it is there)',
    )
    .option('--contains <sha256>', 'a record’s hash that somebody has noted: it has to be in the chain')
    .option('--extract <number>', 'write what that record’s run has written, as far as it is not erased')
    .option('--out <folder>', 'where to, with --extract')
    .action(runVerify);
}

async function runVerify(named: string, options: Options, command: Command): Promise<void> {
  const { repo, json, verbose } = getGlobals(command);
  const { store, stack, trusted } = await locateRecords(named, { ...options, repo, env: process.env });
  if (options.extract !== undefined) {
    const written = await extractRun(store, stack, requireExtraction(options));
    if (json) printJson({ stack, written });
    else for (const path of written) console.log(path);
    return;
  }
  const keys = trusted?.keys ?? null;
  const verified = await showProgress({ source: 'records', verbose }, (tell) =>
    verifyRecords(store, stack, { keys, tell }),
  );
  const told = describeVerified(verified, {
    stack,
    place: store.place,
    trusted: trusted?.path ?? null,
    contains: options.contains ?? null,
  });
  if (json) printJson(told.document);
  else console.log(sanitiseLog(told.lines.join('\n')));
  if (!told.isWhole) process.exitCode = 1;
}

function requireExtraction({ extract = '', out }: Options): { sequence: number; out: string } {
  const sequence = Number(extract);
  if (Number.isInteger(sequence) && sequence > 0 && out !== undefined) return { sequence, out };
  throw new DormantError('usage', '--extract takes the number of a record, and --out a folder.', {
    exitCode: 2,
    remedy: 'Write it as: dormant verify records --extract 42 --out record-42',
  });
}
