// The types of what a filter compares: unknown properties, and literals of another type, are refused.
import { badRequest } from './errors.ts';
import type { Comparison } from './filter-syntax.ts';
import type { LiteralType } from './filter-tokens.ts';
import {
  createUnknownPropertyError,
  findType,
  getElementType,
  getNavigation,
  getProperties,
  isExtension,
} from './schema.ts';

/** `any(l:…)` of the collection `path`. */
export interface Lambda {
  readonly variable: string;
  readonly path: string;
}

/** `a/skuId` in `assignedLicenses/any(a:…)` is `assignedLicenses/any/skuId`. */
export function resolvePath(path: string, lambdas: readonly Lambda[]): string {
  const [head = '', ...rest] = path.split('/');
  const lambda = lambdas.find(({ variable }) => variable === head);
  return lambda ? [lambda.path, 'any', ...rest].join('/') : path;
}

/** What the names of a filter are names of. */
export interface Scope {
  readonly typeName: string;
  readonly lambdas: readonly Lambda[];
}

/** Refuses unknown properties, and a quoted `'true'` or date (microsoft-graph-docs 3044, msgraph-sdk-powershell 515). */
export function checkTypes(path: string, types: readonly LiteralType[], operator: Comparison, scope: Scope): void {
  const expected = findValueType(path, scope);
  const wrong = types.find((type) => expected !== null && !fits(type, expected));
  if (wrong === undefined) return;
  throw badRequest(
    `Invalid filter clause: A binary operator with incompatible types was detected. Found operand types 'Edm.${expected}' and 'Edm.${wrong}' for operator kind '${operatorKinds[operator]}'.`,
    'BadRequest',
  );
}

const operatorKinds: Readonly<Record<Comparison, string>> = {
  eq: 'Equal',
  ne: 'NotEqual',
  ge: 'GreaterThanOrEqual',
  gt: 'GreaterThan',
  le: 'LessThanOrEqual',
  lt: 'LessThan',
};

/** A text may be written as a bare GUID: whether Graph refuses that is undocumented. */
function fits(type: LiteralType, expected: string): boolean {
  return type === 'null' || type === expected || (expected === 'String' && type === 'Guid');
}

/** The primitive type of a path's value; null where it is not known: enumerations, lengths, extensions, other types. */
export function findValueType(path: string, { typeName, lambdas }: Scope): string | null {
  const [head = '', ...rest] = path.split('/');
  const lambda = lambdas.find(({ variable }) => variable === head);
  const steps = lambda ? [...lambda.path.split('/'), ...rest] : [head, ...rest];
  let type = typeName;
  for (const step of steps) {
    if (step === '$count' || isExtension(step) || findType(type) === undefined) return null;
    const next = getProperties(type)[step] ?? getNavigation(type)[step];
    if (next === undefined) throw createUnknownPropertyError('Invalid filter clause', type, step);
    type = getElementType(next);
  }
  return primitives.has(type) ? type : null;
}

const primitives: ReadonlySet<string> = new Set(['String', 'Guid', 'DateTimeOffset', 'Int32', 'Boolean']);
