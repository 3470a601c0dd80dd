// Parts of the shapes of what goes in. A type is read off its schema, so that tests and control routes take the same.
import Type, { type Static, type TSchema } from 'typebox';

export const strict = { additionalProperties: false } as const;
export const text = Type.Optional(Type.String());
export const texts = Type.Optional(Type.Array(Type.String()));
export const nullableText = Type.Optional(Type.Union([Type.String(), Type.Null()]));
export const flag = Type.Optional(Type.Boolean());
export const number = Type.Optional(Type.Number());
export const nullableNumber = Type.Optional(Type.Union([Type.Number(), Type.Null()]));

/** One word of a list. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return Type.Enum<[...Words]>([...words]);
}

/** What fits a schema, and is only read. */
export type Input<Schema extends TSchema> = DeepReadonly<Static<Schema>>;

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;
