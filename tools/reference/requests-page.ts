// docs/reference/requests.md: the requests of the tests to Microsoft, with what Microsoft documents about each.
import { findRequiredPermissions } from '../requests/judge-request.ts';
import sent from '../requests/sent.json' with { type: 'json' };
import { findCallFacts } from '../requests/sent-request.ts';

export function renderRequestsPage(lines: readonly string[] = sent): string {
  const rows = [...Map.groupBy(lines.map(parseLine), ({ request }) => request)].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    '# What Dormant sends to Microsoft',
    '',
    '<!-- Written by `npm run requests` and `npm run reference`; change what is sent instead. -->',
    '',
    'Every request that Dormant itself sends to Microsoft, as the embedded tenant has seen it in the tests: a test in which another one is sent fails. What identifies a person is left out (`…`); `$skiptoken` comes from Microsoft’s own link to the next page. Each introduces itself as `dormant/<version> (<who asks>)`, which Microsoft’s activity logs keep as the user agent.',
    '',
    '**Rests on** is the least permission of Microsoft’s list that the role is granted, which may be an option of the bootstrap; of a person who looks, of what `dormant look` asks for. `nobody`: it carries no token, or gets one. **Units** are those of Microsoft’s limit on identity and access; –: other limits apply. What the quarantine’s Conditional Access needs written is sent by the azuread provider, not by Dormant. What goes to a storage account for [records](../guides/records.md) goes to nobody’s tenant, and is not in the table.',
    '',
    '| Request | Who asks | Rests on | Units | Sent | Microsoft’s page |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(([request, of]) => renderRow(request, of)),
    '',
  ].join('\n');
}

interface Line {
  identity: string;
  source: string;
  how: string;
  units: string;
  request: string;
}

function parseLine(line: string): Line {
  const [identity = '', source = '', how = '', units = '', request = ''] = line.split(' | ');
  return { identity, source, how, units, request };
}

function renderRow(request: string, lines: readonly Line[]): string {
  const call = request.split('?')[0] ?? '';
  const sortUnique = (values: readonly string[]) => [...new Set(values)].sort();
  const identities = sortUnique(lines.map(({ identity }) => identity));
  const who = identities.map((identity) => {
    const sources = sortUnique(lines.filter((line) => line.identity === identity).map(({ source }) => source));
    return `${identity}: ${sources.join(', ')}`;
  });
  const cells = [
    `\`${request.replaceAll('|', '\\|')}\``,
    who.join('<br>'),
    sortUnique(identities.flatMap((identity) => listPermissions(identity, call, request))).join('<br>') || 'nothing',
    sortUnique(lines.map(({ units }) => units)).join(' or '),
    sortUnique(lines.map(({ how }) => how)).join(' or '),
    findCallFacts({ call })?.page ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
}

function listPermissions(identity: string, call: string, request: string): readonly string[] {
  const query = new Map([['', request]]);
  const facts = { source: '', isBatched: false, units: null };
  return findRequiredPermissions({ ...facts, identity, call, query }) ?? [];
}
