// The values of PowerShell, as far as the scripts here need them, and their conversion to text and truth. Pure.
import type { Node } from 'web-tree-sitter';

/** A pipeline without output is an empty array, too. */
export type Value = null | boolean | number | string | Value[] | ErrorRecord | ScriptBlock | ScriptObject;

/** An object or a hashtable; the names of its properties are not case-sensitive. */
export class ScriptObject {
  readonly #properties: ReadonlyMap<string, Value>;

  constructor(properties: Readonly<Record<string, Value>>) {
    this.#properties = new Map(Object.entries(properties).map(([name, value]) => [fold(name), value]));
  }

  get(name: string): Value {
    return this.#properties.get(fold(name)) ?? null;
  }
}

export class ScriptBlock {
  readonly body: Node;

  constructor(body: Node) {
    this.body = body;
  }
}

/** `$_` in a `catch`, and the error that ends a script. `id` is its FullyQualifiedErrorId. */
export class ErrorRecord extends Error {
  readonly id: string;

  constructor(message: string, id: string) {
    super(message);
    this.name = 'ErrorRecord';
    this.id = id;
  }
}

/** The input of a pipeline: an array one by one, anything else as it is, null too. */
export function enumerate(value: Value): Value[] {
  return Array.isArray(value) ? value : [value];
}

/** The value of a variable that takes a pipeline's output. */
export function gather(output: Value[]): Value {
  const [first = null] = output;
  return output.length === 1 ? first : output;
}

/** `.Name` of an object; of an array the `.Name` of each that has one. */
export function readMember(value: Value, name: string): Value {
  if (value instanceof ScriptObject) return value.get(name);
  if (value instanceof ErrorRecord) return fold(name) === 'fullyqualifiederrorid' ? value.id : null;
  if (!Array.isArray(value)) return null;
  return gather(value.flatMap((each) => enumerate(readMember(each, name) ?? [])));
}

export function isTrue(value: Value): boolean {
  if (!Array.isArray(value)) return Boolean(value);
  const [first = null] = value;
  return value.length === 1 ? isTrue(first) : value.length > 1;
}

export function formatValue(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value instanceof ErrorRecord) return value.message;
  if (value instanceof ScriptObject || value instanceof ScriptBlock) return 'System.Object';
  if (Array.isArray(value)) return value.map(formatValue).join(' ');
  return String(value);
}

export function fold(text: string): string {
  return text.toLowerCase();
}
