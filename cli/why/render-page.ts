// The page about one person: who, where, why, who decided, what was done, what can be given back, what comes next, what to type.
import { countDaysBetween, type Day } from '../../policy/evidence.ts';
import { formatCount, formatDay, formatList, serviceWords, stageWords } from '../../policy/words/labels.ts';
import { pc } from '../colors.ts';
import { wrapWords } from '../wrap-words.ts';
import { describeDecisions } from './describe-decisions.ts';
import { describeDone } from './describe-done.ts';
import type { PageLine } from './page-line.ts';
import { showName } from './show-name.ts';
import type { Standing } from './standing.ts';

/** Lines for a terminal; what people have typed ends no line and forges none. */
export function renderPage(standing: Standing): string[] {
  const { commands, givesBack, unread } = standing;
  const typed = commands.flatMap(({ run, why }): PageLine[] => [{ whole: pc.bold(run) }, `  ${why}`]);
  return [
    ...renderPerson(standing),
    '',
    ...renderPart('where', describePlace(standing)),
    ...renderPart('why', describeWhy(standing)),
    ...renderPart('decided', describeDecisions(standing)),
    ...renderPart('done', describeDone(standing)),
    ...renderPart(
      'give back',
      givesBack.map(({ what, until }) => `${showName(what)}: ${until}`),
    ),
    ...renderPart('next', describeNext(standing)),
    ...renderPart('type', typed.length === 0 ? ['nothing: there is nothing to do'] : typed),
    ...renderPart('not read', unread.map(describeUnread)),
  ];
}

function renderPerson({ stack, person }: Standing): string[] {
  const { displayName, userPrincipalName, id, department, jobTitle, manager } = person;
  const about = [jobTitle, department, manager && `manager ${manager}`].flatMap((text) =>
    text ? [showName(text)] : [],
  );
  return [
    `${pc.bold(showName(displayName))} <${showName(userPrincipalName)}> in ${stack}`,
    pc.dim([`object id ${showName(id)}`, ...about].join(', ')),
  ];
}

/** Of the labels of a page's parts. */
const labelWidth = 11;

/** Empty for a part without a line. */
function renderPart(label: string, lines: readonly PageLine[]): string[] {
  const rows = lines.flatMap((line) => (typeof line === 'string' ? wrapLine(line) : [line.whole]));
  return rows.map((row, at) => `${at === 0 ? pc.cyan(label.padEnd(labelWidth)) : ' '.repeat(labelWidth)}${row}`);
}

function wrapLine(line: string): string[] {
  const width = Math.max(40, Math.min(80, process.stdout.columns || 80)) - labelWidth;
  const text = line.trimStart();
  const margin = ' '.repeat(line.length - text.length);
  return wrapWords(text, { hang: margin.length + 2, width })
    .split('\n')
    .map((row, at) => (at === 0 ? `${margin}${row}` : row));
}

function describeUnread({ because, remedy }: Standing['unread'][number]): string {
  return [because, remedy]
    .filter(Boolean)
    .map((text) => showName(text, 600))
    .join(' ');
}

function describePlace(standing: Standing): string[] {
  const {
    place,
    since,
    today,
    path,
    reason,
    reviewerEdits,
    exemption,
    giveBack,
    pause,
    closed,
    escalatedSince,
    state,
  } = standing;
  const days =
    since === null ? '' : ` since ${formatDay(since, today)} (${formatCount(countDaysBetween(since, today), 'day')})`;
  const file = path === null ? '' : `, ${showName(path)}`;
  return [
    place === null ? 'main cannot be read here' : `${describePlaceWords(place)}${days}${file}`,
    ...(reason === null ? [] : [`with the reason: ${showName(reason)}`]),
    ...reviewerEdits.map((edit) => `as a reviewer left it: ${showName(edit)}`),
    ...(exemption === null ? [] : [describeExemption(exemption, today)]),
    ...(giveBack === null ? [] : [describeGiveBack(giveBack, today)]),
    ...(pause === null
      ? []
      : [`paused until ${formatDay(pause.until, today)}, so nothing is taken: ${showName(pause.reason)}`]),
    ...(closed === null ? [] : [`nothing is taken today: ${showName(closed.because)}; it opens on ${closed.opens}`]),
    ...(escalatedSince === null
      ? []
      : [`on HR’s list of executives whose accounts are silent, since ${formatDay(escalatedSince, today)}`]),
    ...(state === null ? [] : [describeState(state, today)]),
  ];
}

function describeExemption({ until, owner, reason }: NonNullable<Standing['exemption']>, today: Day): string {
  return `exempt until ${formatDay(until, today)}, by ${showName(owner)}: ${showName(reason)}`;
}

function describeGiveBack({ path, reason, askedBy, askedOn }: NonNullable<Standing['giveBack']>, today: Day): string {
  return `is given back, as asked for by ${showName(askedBy)} on ${formatDay(askedOn, today)}, whatever the stage: ${showName(reason)} (${showName(path)})`;
}

function describePlaceWords(place: NonNullable<Standing['place']>): string {
  switch (place) {
    case 'not-in-plan':
      return 'not in the plan, and never was';
    case 'taken-out':
      return 'not in the plan any more: main has no file of them';
    case 'archive':
      return 'in the archive: delicensed long ago, and no apply looks after it';
    default:
      return stageWords[place].name;
  }
}

function describeState({ taken, isSettled, isBegun, tookOn }: NonNullable<Standing['state']>, today: Day): string {
  const what = taken.length === 0 ? 'nothing is taken' : `taken are ${formatList(taken)}`;
  const when = tookOn === null ? '' : `, last on ${formatDay(tookOn, today)}`;
  const open = isSettled ? '' : '; something is left to do: refused, failed or waiting';
  return `by the apply’s state ${what}${when}${isBegun ? '; a run that was to change it has not come to its end' : open}`;
}

function describeWhy({ evidence, audit, today }: Standing): string[] {
  return [
    ...(evidence === null ? [] : describeEvidence(evidence, today)),
    // An audit that the file's facts are of says nothing that they do not.
    ...(audit !== null && audit.auditedOn > (evidence?.auditedOn ?? '') ? [describeAudit(audit, today)] : []),
  ];
}

function describeEvidence(evidence: NonNullable<Standing['evidence']>, today: Day): string[] {
  const { auditedOn, inactiveDays, lastActivity, signedBy, problems } = evidence;
  const silent = inactiveDays === null ? 'no activity was ever seen' : `silent for ${formatCount(inactiveDays, 'day')}`;
  const vouched = signedBy === null ? 'signed by no key that counts' : `signed by the key ${showName(signedBy)}`;
  return [
    `the file, on the audit of ${formatDay(auditedOn, today)}: ${[silent, ...listLastSeen(lastActivity, today)].join('; ')}; ${vouched}`,
    ...problems.map((problem) => `the file does not count as it is written: ${showName(problem, 400)}`),
  ];
}

/** Services by the day on which they were used last, the latest first. */
function listLastSeen(lastActivity: Readonly<Record<string, Day | null>>, today: Day): string[] {
  const days = Map.groupBy(Object.entries(lastActivity), ([, day]) => day);
  return [...days]
    .flatMap(([day, uses]) => (day === null ? [] : [{ day, names: uses.map(([name]) => nameUse(name)) }]))
    .sort((a, b) => b.day.localeCompare(a.day))
    .map(({ day, names }) => `last ${formatDay(day, today)} in ${formatList(names)}`);
}

function nameUse(name: string): string {
  const words: Readonly<Record<string, string>> = { ...serviceWords, signIn: 'a sign-in' };
  return words[name] ?? name;
}

/** Audits are weekly. */
const oldAfterDays = 7;

function describeAudit({ auditedOn, says }: NonNullable<Standing['audit']>, today: Day): string {
  const age = countDaysBetween(auditedOn, today);
  const old = age > oldAfterDays ? `, which is ${formatCount(age, 'day')} old` : '';
  const words = says.map((text) => showName(text, 600)).join('; ');
  return `the last audit on this machine, of ${formatDay(auditedOn, today)}${old}: ${words}`;
}

function describeNext({ next, today }: Standing): string[] {
  if (next === null) return [];
  const { on, says } = next;
  const when = on === null ? '' : `${on > today ? `from ${formatDay(on, today)}` : 'from now'}: `;
  return [`${when}${showName(says, 600)}`];
}
