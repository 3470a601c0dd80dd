// The day of a date in any common form; null if it could mean two days or none. Pure.

/**
 * `2026-10-01`, with any time behind it, `2026/10/1`, `13.10.2026`, `1 Oct 2026`, `Oct 1, 2026`. `10/1/2026` may be in
 * October or January, so it is null, like everything that is no date. An instant with an offset is read in UTC.
 */
export function parseDay(text: string): string | null {
  const { date, time } = splitDateTime(text.trim());
  const day = parseYearFirst(date) ?? parseYearLast(date) ?? parseMonthName(date);
  if (day === null || time === '') return day;
  if (!clock.test(time)) return null;
  return hasOffset.test(time) ? toUtcDay(day, time) : day;
}

const clock = /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?(z|[+-]\d{2}:?\d{2})?$/i;
const hasOffset = /[+-]\d{2}:?\d{2}$/;

function splitDateTime(text: string): { date: string; time: string } {
  const [, date = text, time = ''] = /^(.*\d{1,4})(?:T|,? )(\d{1,2}:.*)$/i.exec(text) ?? [];
  return { date, time };
}

/** With dashes, month and day have two digits: `2026-10-1` may have lost one. */
function parseYearFirst(date: string): string | null {
  const [, year, , month, day] =
    /^(\d{4})(-)(\d\d)-(\d\d)$/.exec(date) ?? /^(\d{4})([/.])(\d{1,2})\2(\d{1,2})$/.exec(date) ?? [];
  return toDay(year, month, day);
}

/** Day and month come in either order, so one of them must be above 12, or both equal. */
function parseYearLast(date: string): string | null {
  const [, first, , second, year] = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(date) ?? [];
  const readings = new Set([toDay(year, first, second), toDay(year, second, first)]);
  readings.delete(null);
  const [only = null] = readings.size === 1 ? readings : [];
  return only;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function parseMonthName(date: string): string | null {
  const [, day, name, year] = /^(\d{1,2})[- ]([a-z]{3,9})[- ,]+(\d{4})$/i.exec(date) ?? [];
  const [, nameFirst, dayNext, yearNext] = /^([a-z]{3,9}) (\d{1,2}),? (\d{4})$/i.exec(date) ?? [];
  const month = months.indexOf((name ?? nameFirst ?? '').slice(0, 3).toLowerCase()) + 1;
  return toDay(year ?? yearNext, String(month), day ?? dayNext);
}

/** null for days that do not exist, such as 31 February. */
function toDay(year = '', month = '', day = ''): string | null {
  if (year === '') return null;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text ? text : null;
}

function toUtcDay(day: string, time: string): string | null {
  const instant = Date.parse(`${day}T${time}`);
  return Number.isNaN(instant) ? null : new Date(instant).toISOString().slice(0, 10);
}
