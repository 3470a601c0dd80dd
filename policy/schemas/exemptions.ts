// exemptions.yaml: who is left alone, why, on whose word and until when.
import Type, { type Static } from 'typebox';
import { foldText } from '../identifiers.ts';
import { DaySchema, fileSchema, strictObject } from './parts.ts';

export const Exemption = strictObject({
  account: Type.String({
    minLength: 3,
    maxLength: 256,
    description: 'A userPrincipalName, an object id, or a userPrincipalName pattern with * and ?.',
  }),
  stack: Type.Optional(Type.String({ minLength: 1, description: 'Only in this stack; every stack without it.' })),
  reason: Type.String({ minLength: 3 }),
  owner: Type.String({ minLength: 2, description: 'Who answers for it: a person or a team.' }),
  until: DaySchema,
});
export type Exemption = Static<typeof Exemption>;

/** The same for two entries that are about the same account of the same stack. */
export function identifyExemption({ account, stack }: Exemption): string {
  return foldText(`${account} ${stack ?? ''}`);
}

export const Exemptions = fileSchema(
  1,
  { exemptions: Type.Array(Exemption) },
  'An expired entry has no effect; the next pull request removes it.',
);
export type Exemptions = Static<typeof Exemptions>;
