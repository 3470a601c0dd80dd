// dormant record: adds what this run has left in out/ to the stack's records.
import { Argument, Command } from 'commander';
import { loadStack } from '../../policy/files/stack-files.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { appendSummary, sanitiseLog } from '../github-actions.ts';
import { getGlobals, printJson } from '../globals.ts';
import { showProgress } from '../progress.ts';
import { type AddedRecord, addRecord, type RunKind } from '../record/add-record.ts';
import type { TellProgress } from '../record/write-parts.ts';

export function createRecordCommand(): Command {
  return new Command('record')
    .description('Add what an audit or an apply has left in out/ to the records that tenant.yaml names.')
    .addArgument(new Argument('<kind>', 'what to record').choices(['audit', 'apply'] satisfies RunKind[]))
    .argument('<stack>', 'a folder of stacks/')
    .option('--if-kept', 'do nothing where tenant.yaml has no `records`; for workflows')
    .action(runRecord);
}

async function runRecord(
  kind: RunKind,
  stack: string,
  { ifKept = false }: { ifKept?: boolean },
  command: Command,
): Promise<void> {
  const { repo, json, verbose } = getGlobals(command);
  const files = await loadStack(openWorkingTree(repo), stack);
  const isKept = files.tenant.value.records !== undefined;
  const add = (tell: TellProgress) => addRecord(kind, files, { repo, env: process.env, tell });
  const added = ifKept && !isKept ? null : await showProgress({ source: 'parts of people', verbose }, add);
  if (json) printJson({ stack, kind, record: added && toDocument(added) });
  else if (added !== null) console.log(sanitiseLog(describe(added).join('\n')));
  else console.log(isKept ? `Nothing of this ${kind} is left to record.` : `${stack} keeps no records.`);
  if (added === null) return;
  for (const warning of listWarnings(added)) console.error(sanitiseLog(warning));
  await appendSummary(`Record ${added.record.sequence} of \`${stack}\`: \`${added.hash}\``);
}

function toDocument({ record, hash, place, isReplaceable, taken }: AddedRecord) {
  const { sequence, id, day, parts, signature } = record;
  return {
    sequence,
    id,
    day,
    sha256: hash,
    place,
    parts: parts.length,
    signedBy: signature?.key ?? null,
    isReplaceable,
    taken,
  };
}

function describe({ record, hash, place, taken, isReplaceable }: AddedRecord): string[] {
  const { sequence, kind, day, parts, signature } = record;
  const who = signature === null ? 'not signed' : `signed by ${signature.key}`;
  return [
    ...taken,
    `Record ${sequence}, of the ${kind} of ${day}, is in ${place}: ${parts.length} parts of people, ${who}.`,
    `Its SHA-256 is ${hash}: whoever has noted it can see later whether it, or one before it, was changed or taken off.`,
    ...(isReplaceable ? [] : ['A second write to its name was refused by the store.']),
  ];
}

function listWarnings({ isReplaceable, record: { signature }, place }: AddedRecord): string[] {
  return [
    ...(isReplaceable
      ? [
          `Warning: a second write to its name was not refused. Who has this identity can change records in ${place}; let it only add.`,
        ]
      : []),
    ...(signature === null
      ? ['Warning: there was no key in DORMANT_RECORDS_KEY, so the record does not show who has added it.']
      : []),
  ];
}
