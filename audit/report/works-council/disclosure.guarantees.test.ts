// From everything that the report for a works council shows no hidden count can be worked out: a reader who knows the rules, adds
// up, subtracts and compares is left with every number from 1 to 4.
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { doubtCodes, type ReasonCode, reasonCodes } from '../../../policy/judge/judgement.ts';
import { reasonWords } from '../../../policy/words/labels.ts';
import { renderToldCounts } from '../works-council.ts';
import { type Place, placeGroups } from './count-places.ts';
import { tellRanges } from './counts.ts';
import { toRange } from './disclosure.ts';
import { type Condition, type Interval, isPossible } from './solver.fixture.ts';

const places: readonly Place[] = Object.values(placeGroups).flat();
const filed: readonly Place[] = [...placeGroups.moving, ...placeGroups.staying];
const silent = ['guests', 'exempt', 'person', 'refused', 'waits', 'nothing'] as const satisfies readonly Place[];
const activeCodes = reasonCodes.slice(0, 6);
const noteCodes = ['never-active', 'signs-of-spray', 'sign-in-not-known'] as const;

interface Account {
  place: Place;
  isHeldBack: boolean;
  /** Which of its verdict's reasons it has, by their order; of who is filed, which verdict. */
  dice: number;
}

const account = fc.record({
  place: fc.oneof(fc.constantFrom('active' as const, 'not-judged' as const), fc.constantFrom(...places)),
  isHeldBack: fc.boolean(),
  dice: fc.nat(1_000_000),
});

/** Companies of every size, most of them small, in which some place is crowded. */
const company = fc
  .tuple(
    fc.array(account, { maxLength: 90 }),
    fc.array(fc.tuple(account, fc.integer({ min: 1, max: 60 })), { maxLength: 4 }),
  )
  .map(([few, crowds]) => [...few, ...crowds.flatMap(([one, size]) => Array.from({ length: size }, () => one))]);

function pickVerdict({ place, dice }: Account): 'active' | 'not-judged' | 'inactive' {
  if (place === 'active' || place === 'not-judged') return place;
  if (!filed.includes(place)) return 'inactive';
  return (['inactive', 'inactive', 'active', 'not-judged'] as const)[dice % 4] ?? 'inactive';
}

/** At least one of its verdict's; of who is inactive the notes may be none. */
function pickReasons(one: Account): ReasonCode[] {
  const verdict = pickVerdict(one);
  if (one.place === 'out-of-scope') return [];
  if (verdict === 'inactive') return noteCodes.filter((_, at) => (one.dice >> at) % 3 === 0);
  const codes = verdict === 'active' ? activeCodes : doubtCodes;
  const first = codes[one.dice % codes.length];
  return codes.filter((code, at) => code === first || (one.dice >> at) % 4 === 0);
}

function count(people: readonly Account[]) {
  const tally = <K extends string>(keys: readonly K[], of: (one: Account) => readonly K[]) => {
    const counts = new Map(keys.map((key) => [key, 0]));
    for (const one of people) for (const key of of(one)) counts.set(key, (counts.get(key) ?? 0) + 1);
    return Object.fromEntries(counts) as Record<K, number>;
  };
  const mayHold = [...filed, 'waits', 'refused'];
  return {
    places: tally(places, ({ place }) => [place]),
    heldBack: people.filter(({ place, isHeldBack }) => isHeldBack && mayHold.includes(place)).length,
    reasons: tally(reasonCodes, pickReasons),
  };
}

/** What a reader has in hand: each line by its words, as an interval, and what lines add up to at least. */
function readPage(markup: string): { lines: Map<string, Interval>; sums: [string[], number][] } {
  const { document } = parseHTML(`<!doctype html><html><body>${markup}</body></html>`);
  const lines = new Map<string, Interval>();
  const sums: [string[], number][] = [];
  for (const card of document.querySelectorAll('.card')) {
    const rows = [...card.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent ?? ''),
    );
    const names = rows.map(([name = '']) => name).filter((name) => name !== 'together');
    for (const [name = '', text = ''] of rows) {
      if (name === 'together') sums.push([names, parseNumber(text.replace('at least ', ''))]);
      else lines.set(name, parseRange(text));
    }
    const [, listed = ''] = /^Fewer than 5 each: (.*)\.$/.exec(card.querySelector('p')?.textContent ?? '') ?? [];
    for (const name of listed.split('; ').filter(Boolean)) lines.set(name, { from: 0, to: 4 });
  }
  const [, held = ''] = /needs it: (.*)\.$/m.exec(document.querySelector('.note')?.textContent ?? '') ?? [];
  return { lines: lines.set('held back', parseRange(held)), sums };
}

function parseRange(text: string): Interval {
  if (text === 'fewer than 5') return { from: 0, to: 4 };
  const [from = '', to = ''] = text.split(' to ');
  return { from: parseNumber(from), to: parseNumber(to) };
}

function parseNumber(text: string): number {
  if (!/^[\d,]+$/.test(text)) throw new Error(`No number: ${text}`);
  return Number(text.replaceAll(',', ''));
}

const weigh = (plus: readonly string[], minus: readonly string[], least = 0): Condition => ({ plus, minus, least });

/** All that the page, and its rules, say of how its numbers belong together. `words`: the line of a place or a code. */
function listConditions(
  words: Words,
  sums: readonly [string[], number][],
  isTold: (name: string) => boolean,
): Condition[] {
  const filedLines = filed.map(words.place);
  const all = (plus: readonly string[], minus: readonly string[]) =>
    [...plus, ...minus].every((name) => isTold(name)) ? [weigh(plus, minus)] : [];
  const covers = (whole: string, codes: readonly ReasonCode[], among: string) => [
    ...all([...codes.map(words.code)], [whole]),
    // Each reason is one of an account with that verdict, some of which have a file.
    ...codes.flatMap((code) => all([whole, among], [words.code(code)])),
  ];
  return [
    ...sums.map(([names, least]) => weigh(names, [], least)),
    ...covers(words.place('active'), activeCodes, 'filed active'),
    ...covers(words.place('not-judged'), doubtCodes, 'filed not judged'),
    ...noteCodes.flatMap((code) => all([...silent.map(words.place), 'filed inactive'], [words.code(code)])),
    weigh(filedLines, ['filed active', 'filed not judged', 'filed inactive']),
    weigh(['filed active', 'filed not judged', 'filed inactive'], []),
    weigh([...filedLines, words.place('waits'), words.place('refused')], ['held back']),
  ];
}

interface Words {
  place(place: Place): string;
  code(code: ReasonCode): string;
}

/** The words of each line, as a page with nothing hidden has them. */
const words: Words = (() => {
  const marked = { from: 1_000, to: 1_004 };
  const ranges = <K extends string>(keys: readonly K[]) => Object.fromEntries(keys.map((key) => [key, marked]));
  const told = {
    places: ranges(places) as Record<Place, Interval>,
    heldBack: marked,
    whyActive: ranges(activeCodes),
    whyNotJudged: ranges(doubtCodes),
    ofInactive: ranges(noteCodes),
    months: [],
  };
  const names = [...readPage(renderToldCounts(told, everybody()).text).lines.keys()];
  const keys = [...places, ...activeCodes, ...doubtCodes, ...noteCodes, 'held back'];
  const byKey = new Map(keys.map((key, at) => [key, names[at] ?? '']));
  const find = (key: string) => byKey.get(key) ?? '';
  return { place: find, code: find };
})();

/** A policy with a scope, so that every line is there. */
function everybody() {
  return { scope: { share: 0.5 } };
}

const unknown = { from: 0, to: 1_000 };

function listNarrowed(markup: string): string[] {
  const { lines, sums } = readPage(markup);
  const told = new Map([
    ...lines,
    ...['filed active', 'filed not judged', 'filed inactive'].map((name) => [name, unknown] as const),
  ]);
  const conditions = listConditions(words, sums, (name) => told.has(name));
  return [...lines].flatMap(([name, { from, to }]) =>
    to - from > 4 || from > 0
      ? []
      : [1, 2, 3, 4]
          .filter((value) => !isPossible(new Map([...told, [name, { from: value, to: value }]]), conditions))
          .map((value) => `${name} is not ${value}`),
  );
}

test('each hidden count may be every number from 1 to 4, whatever else the page tells', () => {
  let hidden = 0;
  fc.assert(
    fc.property(company, (people) => {
      const told = { ...tellRanges(count(people)), months: [] };
      const { text } = renderToldCounts(told, everybody());
      hidden += text.match(/[Ff]ewer than 5/g)?.length ?? 0;
      expect(listNarrowed(text)).toEqual([]);
    }),
    { numRuns: 150 },
  );
  expect(hidden).toBeGreaterThan(500);
});

test('what the page tells of the counts is true', () => {
  fc.assert(
    fc.property(company, (people) => {
      const counts = count(people);
      const { lines, sums } = readPage(renderToldCounts({ ...tellRanges(counts), months: [] }, everybody()).text);
      const numbers = new Map<string, number>([
        ...places.map((place) => [words.place(place), counts.places[place]] as const),
        ...reasonCodes.map((code) => [words.code(code), counts.reasons[code]] as const),
        ['held back', counts.heldBack],
      ]);
      for (const [name, { from, to }] of lines) {
        expect(numbers.get(name)).toBeGreaterThanOrEqual(from);
        expect(numbers.get(name)).toBeLessThanOrEqual(to);
      }
      for (const [names, least] of sums)
        expect(names.reduce((sum, name) => sum + (numbers.get(name) ?? 0), 0)).toBeGreaterThanOrEqual(least);
    }),
  );
});

test('a reader finds what a careless page would tell', () => {
  const rows = (cells: Record<string, string>, least: number) =>
    `<div class="card"><table><tbody>${[...Object.entries(cells), ['together', `at least ${least}`]]
      .map(([name, text]) => `<tr><th>${name}</th><td>${text}</td></tr>`)
      .join('')}</tbody></table></div>`;
  const cells = Object.fromEntries(places.map((place) => [words.place(place), '0 to 0']));
  const note = '<p class="note">needs it: 0 to 0.</p>';
  const leave = { ...cells, [words.place('leave')]: 'fewer than 5', [words.place('enter-review')]: '10 to 14' };
  // A sum that is not the lines' own leaves no room for one of them.
  expect(listNarrowed(rows(leave, 17) + note)).toEqual([
    `${words.place('leave')} is not 1`,
    `${words.place('leave')} is not 2`,
  ]);
  expect(listNarrowed(rows(leave, 10) + note)).toEqual([]);
});

test('a number that is told in two reports never says how many have come or gone', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.integer({ min: -4, max: 4 }), (before, change) => {
      const [first, second] = [toRange(before), toRange(Math.max(0, before + change))];
      const changes = second.to - first.from - (second.from - first.to) + 1;
      expect(changes).toBeGreaterThanOrEqual(9);
    }),
  );
});

test('a breakdown whose lines would tell of each other is left out; told all the same, a reader finds each of them', () => {
  // Forty accounts in doubt, four for each reason: only so can ten lines below five add up to forty.
  const people = doubtCodes.flatMap((_, at) =>
    Array.from({ length: 4 }, (): Account => ({ place: 'not-judged', isHeldBack: false, dice: at })),
  );
  const counts = count(people);
  const each = Object.fromEntries(doubtCodes.map((code) => [code, 4]));
  const told = { ...tellRanges({ ...counts, reasons: { ...counts.reasons, ...each } }), months: [] };
  expect(told.whyNotJudged).toBeNull();
  expect(listNarrowed(renderToldCounts(told, everybody()).text)).toEqual([]);
  const ranges = Object.fromEntries(doubtCodes.map((code) => [code, toRange(4)]));
  const careless = renderToldCounts({ ...told, whyNotJudged: ranges }, everybody()).text;
  expect(listNarrowed(careless)).toEqual(
    expect.arrayContaining(
      doubtCodes.flatMap((code) => [1, 2, 3].map((value) => `${words.code(code)} is not ${value}`)),
    ),
  );
});

test('every reason that a verdict can have has a line, but for the silence that all inactive accounts share', () => {
  const told = [...activeCodes, ...doubtCodes, ...noteCodes, 'no-activity-for-days' as const];
  expect(told.toSorted()).toEqual(reasonCodes.toSorted());
  expect(activeCodes.map(words.code)).toEqual(activeCodes.map((code) => reasonWords[code]));
});
