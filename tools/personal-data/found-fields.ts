// Which fields a schema knows and a file has, by their paths, to hold them against the reasons.
import { joinPath, listReasons, type ReasonTree } from './reasons.ts';

/** The part of JSON Schema that the schemas use. */
interface FieldSchema {
  type?: string;
  anyOf?: readonly FieldSchema[];
  allOf?: readonly FieldSchema[];
  properties?: Readonly<Record<string, FieldSchema>>;
  patternProperties?: Readonly<Record<string, FieldSchema>>;
  items?: FieldSchema;
}

interface Difference {
  /** Fields without a reason. */
  missing: string[];
  /** Reasons of fields that there are not. */
  left: string[];
}

/** Compares every field of a schema with the reasons, by path. */
export function compareWithSchema(schema: object, tree: ReasonTree): Difference {
  const known = new Set(listReasons(tree).map(([path]) => path));
  const found = new Set(listSchemaFields(schema));
  return {
    missing: [...found].filter((path) => !known.has(path)),
    left: [...known].filter((path) => !found.has(path)),
  };
}

function listSchemaFields(schema: FieldSchema, prefix = ''): string[] {
  const { properties = {}, patternProperties = {}, items, anyOf = [], allOf = [] } = schema;
  const inner = [
    ...Object.entries(properties).flatMap(([name, field]) => listSchemaFields(field, joinPath(prefix, name))),
    ...Object.values(patternProperties).flatMap((field) => listSchemaFields(field, joinPath(prefix, '<name>'))),
    ...(items === undefined ? [] : listSchemaFields(items, prefix)),
    ...[...anyOf, ...allOf].filter(({ type }) => type !== 'null').flatMap((part) => listSchemaFields(part, prefix)),
  ];
  return inner.length > 0 ? [...new Set(inner)] : [prefix];
}

/** The fields of a value as it was written that have no reason, by path, each once. */
export function listUnexplained(value: unknown, tree: ReasonTree): string[] {
  return [...new Set(findUnexplained(value, tree, ''))];
}

function findUnexplained(value: unknown, tree: ReasonTree[string] | undefined, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((entry: unknown) => findUnexplained(entry, tree, path));
  if (typeof value !== 'object' || value === null) return isExplained(value, tree) ? [] : [path];
  if (typeof tree !== 'object' || tree === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => {
    const known = Object.hasOwn(tree, name) ? tree[name] : tree['<name>'];
    return findUnexplained(inner, known, joinPath(path, name));
  });
}

/** null stands for a whole group of fields, too. */
function isExplained(value: unknown, tree: ReasonTree[string] | undefined): boolean {
  return tree !== undefined && (value === null || typeof tree !== 'object' || tree === null);
}
