// The values of PowerShell, as far as the scripts here have them, and how they turn into text and truth. Pure.
import type { Node } from 'web-tree-sitter';

/** An empty array also stands for the nothing that a pipeline without output leaves. */
export type Value = null | boolean | number | string | Value[] | ErrorRecord | ScriptBlock | ScriptObject;

/** An object or a hashtable; its properties know no case. */
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

/** What `$_` is in a `catch`, and what ends a script. `id` is its FullyQualifiedErrorId. */
export class ErrorRecord extends Error {
  readonly id: string;

  constructor(message: string, id: string) {
    super(message);
    this.name = 'ErrorRecord';
    this.id = id;
  }
}

/** What a pipeline is fed with: an array one by one, anything else as it is, null too. */
export function enumerate(value: Value): Value[] {
  return Array.isArray(value) ? value : [value];
}

/** What a variable keeps of a pipeline's output. */
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
