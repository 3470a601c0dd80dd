// JSON Schema checks by ajv, put into sentences that say what was found and what is allowed.
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { TSchema } from 'typebox';

interface SchemaFault {
  /** Path of the value inside the document. */
  keys: readonly (string | number)[];
  message: string;
}

/** Further errors are dropped before they are worded: their number is up to the file's author. */
const maxErrors = 1000;

const ajv = new Ajv({ allErrors: true, strict: true, verbose: true });
addFormats.default(ajv, ['date', 'date-time', 'email']);
const compiled = new WeakMap<TSchema, ValidateFunction>();

/** Every fault of `value`; empty when it fits the schema. */
export function listSchemaFaults(schema: TSchema, value: unknown): SchemaFault[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  if (validate(value)) return [];
  return removeBranches(selectBranches((validate.errors ?? []).slice(0, maxErrors))).map((error) => ({
    keys: toKeys(error, value),
    message: describeFault(error),
  }));
}

/**
 * Of several objects that would be allowed, the one that is meant is the one whose required keys are there: its faults count. Where
 * that is none, or more than one, what each branch misses contradicts the others, and the whole says what is allowed.
 */
function selectBranches(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  return errors.filter(isChoice).reduce<readonly ErrorObject[]>((left, whole) => {
    const branches = (whole.schema as readonly unknown[]).map((_, at) =>
      left.filter((error) => isWithin(error, { ...whole, schemaPath: `${whole.schemaPath}/${at}` })),
    );
    const isMeant = (branch: readonly ErrorObject[]) =>
      branch.every(({ keyword, instancePath }) => keyword !== 'required' || instancePath !== whole.instancePath);
    const meant = branches.filter(isMeant);
    const dropped = new Set(branches.filter((branch) => meant.length !== 1 || branch !== meant[0]).flat());
    return left.filter((error) => !dropped.has(error));
  }, errors);
}

/** `string or null` is none: only one of its branches has keys. */
function isChoice({ keyword, schema }: ErrorObject): boolean {
  return keyword === 'anyOf' && Array.isArray(schema) && schema.filter(({ type }) => type === 'object').length > 1;
}

/**
 * `string or null` fails once per branch and once as a whole. Readers need the whole, unless something inside the value is
 * wrong: then that. A branch's error is dropped only where its whole is there, so that no fault is lost.
 */
function removeBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  const wholes = errors.filter(({ keyword }) => keyword === 'anyOf');
  return errors.filter(
    (error) =>
      wholes.every((whole) => !isWithin(error, whole) || isAboutContent(error, whole)) &&
      !(error.keyword === 'anyOf' && errors.some((e) => isWithin(e, error) && isAboutContent(e, error))),
  );
}

function isWithin(error: ErrorObject, whole: ErrorObject): boolean {
  const isInside = `${error.instancePath}/`.startsWith(`${whole.instancePath}/`);
  return error.schemaPath.startsWith(`${whole.schemaPath}/`) && isInside;
}

function isAboutContent({ instancePath, keyword }: ErrorObject, whole: ErrorObject): boolean {
  return instancePath !== whole.instancePath || keyword === 'required' || keyword === 'additionalProperties';
}

function toKeys(error: ErrorObject, value: unknown): (string | number)[] {
  const keys = error.instancePath.split('/').slice(1).map(unescapePointer);
  if (error.keyword === 'additionalProperties') keys.push(String(error.params.additionalProperty));
  return convertListKeys(keys, value);
}

function convertListKeys(keys: readonly string[], value: unknown): (string | number)[] {
  let current = value;
  return keys.map((key) => {
    const inList = Array.isArray(current);
    current = typeof current === 'object' && current !== null ? Reflect.get(current, key) : undefined;
    return inList ? Number(key) : key;
  });
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function describeFault(error: ErrorObject): string {
  const field = error.instancePath.slice(1).replaceAll('/', '.') || 'the file';
  switch (error.keyword) {
    case 'required':
      return `${field} lacks "${error.params.missingProperty}"`;
    case 'additionalProperties': {
      const known = Object.keys(error.parentSchema?.properties ?? {});
      return `${field} has no key "${error.params.additionalProperty}"; allowed: ${known.join(', ')}`;
    }
    default:
      return `${field}: found ${formatValue(error.data)}, allowed: ${describeAllowed(error)}`;
  }
}

const comparisons: Record<string, string> = { '>=': 'at least', '<=': 'at most', '>': 'more than' };

function describeAllowed(error: ErrorObject): string {
  const { keyword, params, parentSchema, schema, message } = error;
  switch (keyword) {
    case 'enum':
      return params.allowedValues.join(', ');
    case 'anyOf':
      return Array.isArray(schema)
        ? schema.map(isChoice(error) ? describeObject : describeShape).join(' or ')
        : 'another type';
    case 'type':
    case 'pattern':
    case 'format':
      return describeShape(parentSchema);
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
      return `${comparisons[params.comparison] ?? params.comparison} ${params.limit}`;
    case 'minLength':
      return `${params.limit} or more characters`;
    case 'maxLength':
      return `at most ${params.limit} characters`;
    case 'minItems':
      return `${params.limit} or more entries`;
    case 'minProperties':
      return `${params.limit} or more of ${Object.keys(parentSchema?.properties ?? {}).join(', ')}`;
    case 'uniqueItems':
      return 'each item once';
    default:
      return message ?? 'something else';
  }
}

/** By the keys that it must have. */
function describeObject({ required }: Record<string, unknown>): string {
  return Array.isArray(required) ? `an object with ${required.join(', ')}` : 'an object';
}

/** A named shape is called by its description: `a day in UTC, YYYY-MM-DD`. */
function describeShape({ description, pattern, format, type }: Record<string, unknown> = {}): string {
  const isNamed = pattern !== undefined || format === 'date';
  if (isNamed && typeof description === 'string')
    return description.charAt(0).toLowerCase() + description.slice(1).replace(/\.$/, '');
  return String(format ?? type ?? 'another type');
}

function formatValue(data: unknown): string {
  const text = JSON.stringify(data) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
