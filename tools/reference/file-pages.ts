// One page of docs/reference/ for each kind of YAML file: every field with type, allowed values, usual value and meaning.
import type { FileKind } from '../../policy/schemas/file-kinds.ts';
import { renderMarkdownTable } from './table.ts';

/** The part of JSON Schema that the schemas use. */
interface Schema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  patternProperties?: Readonly<Record<string, Schema>>;
  required?: readonly string[] | undefined;
  items?: Schema;
  format?: string;
  pattern?: string;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
}

const places: Record<FileKind, string> = {
  policy: 'policy/policy.yaml',
  prices: 'policy/prices.yaml',
  exemptions: 'exemptions.yaml',
  tenant: 'stacks/<stack>/tenant.yaml',
  account: 'stacks/<stack>/accounts/<account>.yaml',
  escalations: 'stacks/<stack>/escalations.yaml',
  'give-back': 'stacks/<stack>/give-back/<account>.yaml',
};

export function renderFilePages(schemas: Record<FileKind, object>): [string, string][] {
  return Object.entries(places).map(([kind, place]) => {
    const schema: Schema = schemas[kind as FileKind];
    return [`${kind}.md`, renderPage(kind, place, schema)];
  });
}

function renderPage(kind: string, place: string, schema: Schema): string {
  const rows = listFieldRows(schema, '');
  return `${[
    '<!-- Written by `npm run reference`; edit policy/schemas/ instead. -->',
    `# \`${place}\``,
    schema.description ?? '',
    `A field that is not listed here is refused, with its line. Editors read the same from \`policy/schemas/${kind}.schema.json\`.`,
    renderMarkdownTable(['Field', 'Type', 'Allowed', 'Usual value', 'Meaning'], rows),
  ]
    .filter(Boolean)
    .join('\n\n')}\n`;
}

export function listFieldRows(schema: Schema, prefix: string): string[][] {
  const required = new Set(schema.required);
  const named = Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    field,
    isOptional: !required.has(name),
  }));
  const others = Object.values(schema.patternProperties ?? {}).map((field) => ({
    name: '<name>',
    field,
    isOptional: true,
  }));
  return [...named, ...others].flatMap(({ name, field, isOptional }) =>
    buildFieldRows(`${prefix}${name}`, field, isOptional),
  );
}

function buildFieldRows(path: string, schema: Schema, isOptional: boolean): string[][] {
  const { field, orNull } = removeNull(schema);
  const inner = field.type === 'array' && field.items ? field.items : field;
  const type = `${describeType(field)}${orNull ? ' or null' : ''}${isOptional ? ', optional' : ''}`;
  const standard = field.default === undefined ? '' : `\`${JSON.stringify(field.default)}\``;
  const meaning = [schema.description ?? field.description, inner === field ? undefined : inner.description].filter(
    Boolean,
  );
  const row = [`\`${path}\``, type, describeAllowed(inner), standard, meaning.join(' ')];
  const isOnlyAGroup = inner.properties !== undefined && meaning.length === 0;
  return [...(isOnlyAGroup ? [] : [row]), ...listFieldRows(inner, inner === field ? `${path}.` : `${path}[].`)];
}

function removeNull(schema: Schema): { field: Schema; orNull: boolean } {
  const [first, ...rest] = (schema.anyOf ?? []).filter(({ type }) => type !== 'null');
  const orNull = (schema.anyOf ?? []).some(({ type }) => type === 'null');
  return { field: first && rest.length === 0 ? first : schema, orNull };
}

function describeType({ type, items, format, enum: values }: Schema): string {
  if (type === 'array') return `list of ${items ? pluralise(describeType(items)) : 'values'}`;
  if (type === 'object') return 'map';
  if (values !== undefined) return 'word';
  if (format === 'date') return 'day';
  if (format === 'email') return 'mail address';
  return { string: 'text', integer: 'whole number', number: 'number', boolean: 'true or false' }[type ?? ''] ?? 'value';
}

function pluralise(word: string): string {
  return word === 'text' ? 'texts' : `${word}s`;
}

function describeAllowed({
  enum: values,
  const: only,
  minimum,
  exclusiveMinimum,
  maximum,
  maxLength,
  pattern,
}: Schema): string {
  if (values !== undefined) return values.map((value) => `\`${String(value)}\``).join(', ');
  if (only !== undefined) return `\`${String(only)}\``;
  const parts = [
    minimum === undefined ? '' : `${minimum} or more`,
    exclusiveMinimum === undefined ? '' : `more than ${exclusiveMinimum}`,
    maximum === undefined ? '' : `at most ${maximum.toLocaleString('en-US')}`,
    maxLength === undefined ? '' : `at most ${maxLength} characters`,
    pattern === undefined || pattern.length > 60 ? '' : `\`${pattern}\``,
  ];
  return parts.filter(Boolean).join(', ');
}
