// The catalogue of named people: one for each kind of account that surprises an admin in a real tenant.
import type { PersonInput } from '../person-input.ts';
import { belongings } from './belongings.ts';
import { devices } from './devices.ts';
import { doubts } from './doubts.ts';
import { holds } from './holds.ts';
import { hostile } from './hostile.ts';
import { leavers } from './leavers.ts';
import { notPeople } from './not-people.ts';
import { organisation } from './organisation.ts';
import { readers } from './readers.ts';

const catalogue = {
  ...organisation,
  ...leavers,
  ...doubts,
  ...notPeople,
  ...hostile,
  ...devices,
  ...holds,
  ...belongings,
  ...readers,
} as const;

export type Kind = keyof typeof catalogue;

/** The names of all kinds, in the order of their indexes in a generated tenant. */
export const kinds: readonly Kind[] = Object.keys(catalogue).filter((name): name is Kind => name in catalogue);

/** The input of a kind's person. */
export function getKindInput(kind: Kind): PersonInput {
  return { ...catalogue[kind], kind };
}
