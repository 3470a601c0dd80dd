// dormant events: what the last audit and the applies left in out/<stack>/, as events of OCSF, one a line. Only reads.
import { resolve } from 'node:path';
import { Command } from 'commander';
import { DormantError } from '../../policy/errors.ts';
import { getTenantPath, requireStackName } from '../../policy/files/stack-files.ts';
import { Tenant } from '../../policy/schemas/tenant.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import type { EventSource } from '../events/build-event.ts';
import { listEvents } from '../events/list-events.ts';
import type { UnreadLine } from '../events/unread-lines.ts';
import { printEvents, writeEvents } from '../events/write-events.ts';
import { isOnActions, sanitiseLog } from '../github-actions.ts';
import { getGlobals, printJson } from '../globals.ts';
import { version } from '../version.ts';

export function createEventsCommand(): Command {
  return new Command('events')
    .description(
      'Print what the last audit proposed and what applies did, as events of OCSF for a SIEM: one JSON object a line, in the order of time. It names people, as the files in out/<stack>/ do that it reads.',
    )
    .argument('<stack>', 'a folder of stacks/')
    .option('--output <file>', 'write them into this file; a workflow has to, because its log may name nobody')
    .action(tellEvents);
}

async function tellEvents(stack: string, { output }: { output?: string }, command: Command): Promise<void> {
  requireStackName(stack);
  const { repo, json } = getGlobals(command);
  if (output === undefined) refuseStandardOutput(json);
  const source = await readSource(repo, stack);
  const unread: UnreadLine[] = [];
  const events = listEvents(repo, source, (line) => {
    unread.push(line);
    console.error(sanitiseLog(`out/${stack}/${line.file}:${line.line}: ${line.because}`));
  });
  if (output === undefined) await printEvents(events);
  else {
    const path = resolve(output);
    const count = await writeEvents(events, path);
    if (json) printJson({ stack, output: path, events: count, unread });
    else console.log(sanitiseLog(`${count.toLocaleString('en-US')} events are in ${path}`));
  }
  if (unread.length > 0) throw createUnreadError(unread.length, stack);
}

function refuseStandardOutput(json: boolean): void {
  const remedy = 'Name a file: `--output events.jsonl`.';
  if (isOnActions())
    throw new DormantError('names-in-log', 'Events name people, and the log of a workflow may name nobody.', {
      exitCode: 2,
      remedy,
    });
  if (json)
    throw new DormantError('no-output', 'With --json standard output is one document, and events are one a line.', {
      exitCode: 2,
      remedy: `Leave --json out. ${remedy}`,
    });
}

async function readSource(repo: string, stack: string): Promise<EventSource> {
  const path = getTenantPath(stack);
  const text = await openWorkingTree(repo).read(path);
  if (text === null) {
    throw new DormantError('missing-file', `There is no stack ${stack} here.`, {
      exitCode: 2,
      where: path,
      remedy: 'Run this in the root of the repository, or name the root with --repo.',
    });
  }
  const { tenantId, apply, notifications } = parseYaml(Tenant, path, text).value;
  return { stack, tenantId, applyClientId: apply.clientId, sender: notifications.sender, version };
}

function createUnreadError(count: number, stack: string): DormantError {
  const what = count === 1 ? '1 line was' : `${count.toLocaleString('en-US')} lines were`;
  return new DormantError('events-unread', `${what} not read; all others have their events.`, {
    where: `out/${stack}/`,
    remedy:
      'Look at the lines that are named above. What a killed run has cut off holds nothing more; what another version wrote is read by that version.',
  });
}
