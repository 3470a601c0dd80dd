// Stands for the m365 provider where a test needs time to interrupt it: every operation lasts SLOW_MS,
// and the accounts whose ids are in REFUSED are not updated.
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { main } from '@pulumi/pulumi/provider/index.js';

const slowly = () => pause(Number(process.env.SLOW_MS ?? 0));
const refused = (process.env.REFUSED ?? '').split(',');

process.once('SIGINT', () => process.exit(0));
process.stdin.once('end', () => process.exit(1)).resume();
await main(
  {
    version: '0.1.0',
    diff: async (_id, _urn, olds: unknown, news: unknown) => ({ changes: !isDeepStrictEqual(olds, news) }),
    create: async (_urn, inputs: { account?: { id: string } }) => {
      await slowly();
      return { id: inputs.account?.id ?? 'empty', outs: inputs };
    },
    update: async (id, _urn, _olds: unknown, news: unknown) => {
      await slowly();
      if (refused.includes(id)) throw new Error('signed in since the review');
      return { outs: news };
    },
  },
  process.argv.slice(2),
);
