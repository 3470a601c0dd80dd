// Building blocks that more than one file's schema uses. The JSON Schemas beside this file are generated from these.
import Type, { type TSchema, type TString } from 'typebox';

/** A calendar day in UTC, `YYYY-MM-DD`. Days, not instants: Microsoft's reports know no finer unit. */
export const DaySchema = Type.String({ format: 'date', description: 'A day in UTC, YYYY-MM-DD.' });

/** An Entra object id or SKU id: a GUID, lower or upper case. */
export const Guid = Type.String({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  description: 'A GUID such as 6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e.',
});

export const Currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'An ISO 4217 code such as USD.' });

export function nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

/** Refuses unknown keys: a typo in a policy must not become a silent default. */
export function strictObject<T extends Record<string, TSchema>>(properties: T, description?: string) {
  return Type.Object(properties, { additionalProperties: false, ...(description ? { description } : {}) });
}

/**
 * The shape of a whole file. `newest`: its format, which every release that changes the shape raises; each reads all
 * earlier ones. A file that names none has the first.
 */
export function fileSchema<T extends Record<string, TSchema>>(newest: number, properties: T, description: string) {
  const format = Type.Integer({
    minimum: 1,
    maximum: newest,
    default: 1,
    description: 'Of the file’s shape; written by `dormant upgrade`.',
  });
  return strictObject({ ...properties, format: Type.Optional(format) }, description);
}

/** The newest format that this version reads; null: what the schema describes is no file. */
export function findNewestFormat(schema: TSchema): number | null {
  const { properties } = schema as { properties?: { format?: { maximum?: number } } };
  return properties?.format?.maximum ?? null;
}

export function literals<const T extends readonly string[]>(values: T, description?: string) {
  return Type.Enum<[...T]>([...values], description ? { description } : {});
}

export const wholeDays = (fallback: number, description: string, maximum = 3650) =>
  Type.Integer({ minimum: 1, maximum, default: fallback, description: `${description} In days.` });

export const populationName = '^[a-z0-9][a-z0-9-]{0,39}$';

const Pattern = Type.String({ minLength: 1, maxLength: 256 });

export const patterns = (description: string) =>
  Type.Array(Pattern, { description: `${description} Case is ignored; * and ? are wildcards.` });

/** Where a list without entries would match nobody. */
export const somePatterns = (description: string, entry: TString = Pattern) =>
  Type.Array(entry, { minItems: 1, description: `${description} Case is ignored; * and ? are wildcards.` });
