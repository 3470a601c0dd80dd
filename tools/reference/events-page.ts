// docs/reference/events.md: each kind of event with its class of OCSF, every field, and an example of each kind.
import { type EventMeaning, eventKinds, ocsfClasses, ocsfVersion } from '../../cli/events/event-kinds.ts';
import { SecurityEvent } from '../../cli/events/event-schema.ts';
import { buildExamples } from './event-examples.ts';
import { listFieldRows } from './file-pages.ts';
import { renderMarkdownTable } from './table.ts';

export function renderEventsPage(): string {
  return `${[
    '<!-- Written by `npm run reference`; edit cli/events/ instead. -->',
    '# Events for a SIEM',
    `\`dormant events\` prints what the last audit proposed and what applies did, one JSON object a line, in the order of time. Each is an event of [OCSF](https://github.com/ocsf/ocsf-schema), the Open Cybersecurity Schema Framework, release ${ocsfVersion}, and the tests hold it against the definitions of that release. How it is sent is a [guide](../guides/siem.md).`,
    'It reads `audit.json`, `apply.jsonl` and `apply.json` in `out/<stack>/`, and the last two in each folder of `out/<stack>/runs/`. The same files give the same events, in the same order, with the same `metadata.uid`; an event that several of these files have comes once. A line of a file that is none of this version is named on standard error, and the exit code is 1.',
    '## Kinds',
    'The kind of a request is what was asked for; `status` says whether it was done. Each request has one event.',
    renderMarkdownTable(
      ['Kind (`metadata.event_code`)', 'When', 'Class', 'Activity', 'Why this class'],
      listKindRows(),
    ),
    '## What an event does not say',
    renderLimits(),
    '## People',
    'An event names the account that it is about: object id, userPrincipalName, displayName, and where an audit has read it the mail address. `privacy.names` of policy.yaml is for the pull request and the report; it does not change events, because a SIEM that cannot tell who it was is of no use. Whoever reads the SIEM sees these names, for as long as it keeps them.',
    '## Fields',
    'Fields that are of no class of their own are in `unmapped`, as OCSF has it.',
    renderMarkdownTable(['Field', 'Type', 'Allowed', 'Meaning'], listRows()),
    '## Examples',
    ...Object.entries(buildExamples()).map(
      ([kind, event]) => `### ${kind}\n\n\`\`\`json\n${JSON.stringify(event)}\n\`\`\``,
    ),
  ].join('\n\n')}\n`;
}

function listKindRows(): string[][] {
  return Object.entries<EventMeaning>(eventKinds).map(([kind, { class: name, activity, when, because = '' }]) => [
    `\`${kind}\``,
    when,
    `${ocsfClasses[name].name} (${ocsfClasses[name].uid})`,
    activity.join(' '),
    because,
  ]);
}

function renderLimits(): string {
  return [
    'An audit knows its day and no hour, so `time` of what it says is the beginning of that day in UTC. Two audits of one day that found the same are one event.',
    'An audit that fails leaves no file, and so no event: the run of its workflow says it. What an audit went on without is in `unmapped.unread`.',
    'A run that was killed has no `run-ended`. A request of it that got no answer has `status_id` 0: whether it was done, only the tenant knows.',
    'Of a request that failed Microsoft’s id is in `status_detail`, if there was an answer. A request in a $batch has the batch’s id and `unmapped.batch_item`. Exchange may give none.',
    'The quarantine is written by the azuread provider, of whose requests there is no id here.',
    'Reads are no events.',
  ]
    .map((line) => `- ${line}`)
    .join('\n');
}

function listRows(): string[][] {
  return listFieldRows(SecurityEvent, '').map(([field = '', type = '', allowed = '', , meaning = '']) => [
    field,
    type,
    // They are the table above.
    field === '`metadata.event_code`' ? '' : allowed,
    meaning,
  ]);
}
