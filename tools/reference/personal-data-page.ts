// docs/reference/personal-data.md: where which personal data is, for how long, who sees it, and why each field is kept.
import { decisions, informationRows, never, opening, recordRows } from '../personal-data/introduction.ts';
import { type Place, people } from '../personal-data/place.ts';
import { places, sharedParts } from '../personal-data/places.ts';
import { joinPath, type ReasonTree } from '../personal-data/reasons.ts';
import { renderMarkdownTable } from './table.ts';

export function renderPersonalDataPage(): string {
  return `${[
    '<!-- Written by `npm run reference`; edit tools/personal-data/ instead. -->',
    '# Personal data',
    opening,
    '## For the record of processing',
    renderMarkdownTable(['Article 30(1)', 'Answer'], recordRows),
    '## For informing people',
    'Beyond what the record has, Articles 13 and 14 ask for:',
    renderMarkdownTable(['What', 'Answer'], informationRows),
    '## Who decides',
    decisions,
    '## What is never kept',
    never,
    '## The places at a glance',
    `Whose data: ${Object.values(people)
      .map(([name, meaning]) => `**${name}**, ${meaning}`)
      .join('; ')}.`,
    renderMarkdownTable(
      ['Place', 'Whose data', 'How long, and what ends it', 'Setting (default)'],
      places.map((place) => [linkTo(place.title), listPeople(place), place.keptFor, place.setting ?? 'none']),
    ),
    ...places.map(renderPlace),
    '## Parts that several files have',
    ...sharedParts.map(({ name, reasons }) => renderFile({ name, reasons })),
  ].join('\n\n')}\n`;
}

function renderPlace(place: Place): string {
  const { title, purpose, where, seenBy, what, files = [] } = place;
  return [
    `## ${title}`,
    purpose,
    renderMarkdownTable(
      ['', ''],
      [
        ['Whose data', listPeople(place)],
        ['Where', where],
        ['Who can see it', seenBy],
        ['How long', place.keptFor],
        ['Setting (default)', place.setting ?? 'none'],
      ],
    ),
    ...(what === undefined ? [] : [what]),
    ...files.map(renderFile),
  ].join('\n\n');
}

function renderFile({ name, reasons }: { name: string; reasons: ReasonTree }): string {
  const fields = listFields(reasons, reasons, '');
  const kept = fields.filter(([, reason]) => reason !== null).map(([path, reason]) => [`\`${path}\``, reason ?? '']);
  const others = fields.filter(([, reason]) => reason === null).map(([path]) => `\`${path}\``);
  return [
    `### ${name}`,
    ...(kept.length === 0 ? [] : [renderMarkdownTable(['Field', 'Why it is kept'], kept)]),
    ...(others.length === 0 ? [] : [`Says nothing about a person: ${others.join(', ')}.`]),
  ].join('\n\n');
}

/** A part with a table of its own is one line that leads there. */
function listFields(tree: ReasonTree, root: ReasonTree, prefix: string): [path: string, reason: string | null][] {
  const table = tree === root ? undefined : tables.get(tree);
  if (table !== undefined) return [[prefix, `As in ${linkTo(table)}.`]];
  return Object.entries(tree).flatMap(([name, inner]) => {
    const path = joinPath(prefix, name);
    return typeof inner === 'object' && inner !== null ? listFields(inner, root, path) : [[path, inner]];
  });
}

const tables = new Map<ReasonTree, string>(
  [...sharedParts, ...places.flatMap(({ files = [] }) => files)].map(({ reasons, name }) => [reasons, name]),
);

function linkTo(heading: string): string {
  return `[${heading}](#${heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-')})`;
}

function listPeople({ whose }: Place): string {
  return whose.map((who) => people[who][0]).join(', ');
}
