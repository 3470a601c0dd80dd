// Whether an event is one of OCSF: by the table of its own definitions, not by what ours say of them.
import { isFields } from '../../graph/json-fields.ts';
import type { OcsfShape, OcsfTable } from './extract-classes.ts';
import extracted from './ocsf-1.8.0.json' with { type: 'json' };

export const ocsf: OcsfTable & { version: string } = extracted;

/** As sentences; empty: OCSF takes the event. */
export function listEventFaults(event: unknown): string[] {
  if (!isFields(event)) return ['it is no object'];
  const entry = Object.values(ocsf.classes).find(({ uid }) => uid === event.class_uid);
  if (entry === undefined) return [`class_uid ${event.class_uid} is none of the classes`];
  const { metadata, activity_id: activity } = event;
  const profiles = isFields(metadata) && Array.isArray(metadata.profiles) ? metadata.profiles : [];
  return [
    ...compare('category_uid', event.category_uid, entry.category_uid),
    ...compare('type_uid', event.type_uid, entry.uid * 100 + Number(activity)),
    ...compare('metadata.version', isFields(metadata) ? metadata.version : undefined, ocsf.version),
    ...(event.class_name === undefined ? [] : compare('class_name', event.class_name, entry.caption)),
    ...listCaptionFaults(event, entry, 'activity'),
    ...listCaptionFaults(event, entry, 'status'),
    ...listShapeFaults(event, entry, { at: '', profiles }),
  ];
}

function compare(name: string, found: unknown, expected: unknown): string[] {
  return found === expected ? [] : [`${name} is ${found}, not ${expected}`];
}

/** The name beside an id is the caption of the id; of 99 (Other) it is the source's own, and has to be there. */
function listCaptionFaults(event: Record<string, unknown>, { enums }: OcsfShape, of: 'activity' | 'status'): string[] {
  const name = event[of === 'activity' ? 'activity_name' : 'status'];
  const id = event[`${of}_id`];
  if (id === 99) return typeof name === 'string' ? [] : [`${of}_id 99 has no name`];
  const caption = enums[`${of}_id`]?.[String(id)];
  return name === undefined ? [] : compare(`the name of ${of}_id`, name, caption);
}

interface Place {
  /** Such as `metadata.product.`. */
  at: string;
  profiles: readonly unknown[];
}

function listShapeFaults(value: Record<string, unknown>, shape: OcsfShape, { at, profiles }: Place): string[] {
  const faults: string[] = [];
  for (const [key, inner] of Object.entries(value).filter(([, each]) => each !== undefined)) {
    const described = shape.attributes[key];
    if (described === undefined) faults.push(`${at}${key} is no attribute`);
    else faults.push(...listAttributeFaults(inner, described, shape.enums[key], { at: `${at}${key}`, profiles }));
  }
  const missing = Object.entries(shape.attributes).filter(([key, described]) => {
    const { words, profile } = readDescription(described);
    const isAsked = words.includes('required') && (profile === null || profiles.includes(profile));
    return isAsked && value[key] === undefined;
  });
  const { atLeastOne } = shape;
  if (atLeastOne !== undefined && !atLeastOne.some((key) => value[key] !== undefined))
    faults.push(`${at || 'the event'} has none of ${atLeastOne.join(', ')}`);
  return [...faults, ...missing.map(([key]) => `${at}${key} is required`)];
}

function readDescription(described: string) {
  const [type = '', ...words] = described.split(' ');
  return { type, words, profile: words.find((word) => word.startsWith('@'))?.slice(1) ?? null };
}

function listAttributeFaults(
  value: unknown,
  described: string,
  values: Record<string, string> | undefined,
  { at, profiles }: Place,
): string[] {
  const { type, words, profile } = readDescription(described);
  const unapplied = profile !== null && !profiles.includes(profile) ? [`${at} is of the profile ${profile}`] : [];
  const deprecated = words.includes('deprecated') ? [`${at} is deprecated`] : [];
  const unlisted = values !== undefined && !(String(value) in values) ? [`${at} may not be ${value}`] : [];
  const isList = type.endsWith('[]');
  if (isList !== Array.isArray(value)) return [`${at} is ${isList ? 'no' : 'a'} list`];
  const of = [value].flat();
  return [
    ...[...unapplied, ...deprecated, ...unlisted],
    ...of.flatMap((each) => listValueFaults(each, type.replace('[]', ''), { at, profiles })),
  ];
}

const textTypes = new Set(
  Object.entries(ocsf.types).flatMap(([name, { type }]) => (type === 'string_t' ? [name] : [])),
);

function listValueFaults(value: unknown, type: string, { at, profiles }: Place): string[] {
  const isWhole = Number.isSafeInteger(value);
  switch (type) {
    case 'integer_t':
      return isWhole && Math.abs(Number(value)) < 2 ** 31 ? [] : [`${at} is no integer`];
    case 'long_t':
      return isWhole ? [] : [`${at} is no whole number`];
    case 'timestamp_t':
      // Milliseconds; seconds would be a day of 1970.
      return isWhole && Number(value) > 1e11 ? [] : [`${at} is no time in milliseconds`];
    case 'boolean_t':
      return typeof value === 'boolean' ? [] : [`${at} is neither true nor false`];
    case 'json_t':
      return [];
    default:
      return type === 'string_t' || textTypes.has(type)
        ? listTextFaults(value, type, at)
        : listObjectFaults(value, type, { at, profiles });
  }
}

function listTextFaults(value: unknown, type: string, at: string): string[] {
  const regex = ocsf.types[type]?.regex;
  if (typeof value !== 'string' || value === '') return [`${at} is no text`];
  return regex === undefined || new RegExp(regex).test(value) ? [] : [`${at} is no ${type}: ${value}`];
}

/** What is in `unmapped` is the source's own. */
function listObjectFaults(value: unknown, type: string, { at, profiles }: Place): string[] {
  if (!isFields(value)) return [`${at} is no object`];
  if (type === 'object') return [];
  const shape = ocsf.objects[type];
  if (shape === undefined) return [`${at}: the table lacks ${type}; add it to tools/ocsf.ts`];
  return listShapeFaults(value, shape, { at: `${at}.`, profiles });
}
