// JSON Schema checks by ajv, put into sentences that say what was found and what is allowed.
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { TSchema } from 'typebox';

export interface SchemaFault {
  /** Path of the value inside the document. */
  keys: readonly (string | number)[];
  message: string;
}

const ajv = new Ajv({ allErrors: true, strict: true, verbose: true });
addFormats.default(ajv, ['date', 'email']);
const compiled = new WeakMap<TSchema, ValidateFunction>();

/** Every fault of `value`; empty when it fits the schema. */
export function schemaFaults(schema: TSchema, value: unknown): SchemaFault[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  if (validate(value)) return [];
  return withoutBranches(validate.errors ?? []).map((error) => ({
    keys: keysOf(error, value),
    message: sentence(error),
  }));
}

/** `string or null` fails once per branch and once as a whole; the whole is what a reader needs. */
function withoutBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  return errors.filter((error) => !error.schemaPath.includes('/anyOf/'));
}

function keysOf(error: ErrorObject, value: unknown): (string | number)[] {
  const keys = error.instancePath.split('/').slice(1).map(unescapePointer);
  if (error.keyword === 'additionalProperties') keys.push(String(error.params.additionalProperty));
  return numericWhereList(keys, value);
}

function numericWhereList(keys: readonly string[], value: unknown): (string | number)[] {
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

function sentence(error: ErrorObject): string {
  const field = error.instancePath.slice(1).replaceAll('/', '.') || 'the file';
  const found = `found ${show(error.data)}`;
  switch (error.keyword) {
    case 'required':
      return `${field} lacks "${error.params.missingProperty}"`;
    case 'additionalProperties': {
      const known = Object.keys(error.parentSchema?.properties ?? {});
      return `${field} has no key "${error.params.additionalProperty}"; allowed: ${known.join(', ')}`;
    }
    case 'enum':
      return `${field}: ${found}, allowed: ${error.params.allowedValues.join(', ')}`;
    case 'anyOf':
      return `${field}: ${found}, allowed: ${branches(error).join(' or ')}`;
    case 'pattern':
      return `${field}: ${found}, allowed: ${error.parentSchema?.description ?? error.params.pattern}`;
    case 'format':
      return `${field}: ${found}, allowed: a valid ${error.params.format}${error.params.format === 'date' ? ', YYYY-MM-DD' : ''}`;
    default:
      return `${field}: ${found}, ${error.message ?? 'not allowed'}`;
  }
}

function branches({ schema }: ErrorObject): string[] {
  if (!Array.isArray(schema)) return ['another type'];
  return schema.map((branch) => branch.description ?? branch.format ?? branch.type ?? 'another type');
}

function show(data: unknown): string {
  const text = JSON.stringify(data) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
