// A file of give-back/: the word `restore` for one account, given by its own approvers and applied ahead of everything else.
import Type, { type Static } from 'typebox';
import type { UserId, UserPrincipalName } from '../identifiers.ts';
import { DaySchema, fileSchema, Guid, strictObject } from './parts.ts';

const name = Type.String({ minLength: 1, maxLength: 256 });

export const GiveBack = fileSchema(
  1,
  {
    account: strictObject(
      {
        id: Type.Unsafe<UserId>(Guid),
        userPrincipalName: Type.Unsafe<UserPrincipalName>(name),
        displayName: name,
      },
      'As the account’s file has them: the id says who it is, the names say it to who approves.',
    ),
    reason: Type.String({
      minLength: 3,
      maxLength: 500,
      description: 'Why, for who approves and for anyone who asks a year later.',
    }),
    askedBy: Type.String({ minLength: 1, maxLength: 256, description: 'Who asked: a person, or `@login` on GitHub.' }),
    askedOn: DaySchema,
  },
  'Gives back what was taken from one account. It outranks the stage of the account’s file, until the next proposal writes `stage: restore` there and takes this file away.',
);
export type GiveBack = Static<typeof GiveBack>;
