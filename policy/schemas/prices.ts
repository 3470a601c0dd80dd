// prices.yaml: what a licence costs a month, so that the plan can say what it saves.
import Type, { type Static } from 'typebox';
import { Currency, fileSchema } from './parts.ts';

export const Prices = fileSchema(
  1,
  {
    currency: Currency,
    monthly: Type.Record(Type.String({ minLength: 1 }), Type.Number({ minimum: 0 }), {
      description: 'Price of one seat a month by SKU part number. 0: free, nothing to reclaim.',
    }),
  },
  'A SKU that is not listed counts as unpriced: it is reclaimed, and shown as such, but adds nothing to the sums.',
);
export type Prices = Static<typeof Prices>;
