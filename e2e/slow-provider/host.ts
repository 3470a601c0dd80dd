// A stand-in for the m365 provider where a test needs time to interrupt it: every operation takes SLOW_MS, and the accounts
// whose ids are in REFUSED are not updated.
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { main } from '@pulumi/pulumi/provider/index.js';
import { packOutputs, unpackInputs } from '../../stacks/account/account-state.ts';

type Values = Readonly<Record<string, unknown>>;

const waitSlowly = () => pause(Number(process.env.SLOW_MS ?? 0));
const refusedIds = (process.env.REFUSED ?? '').split(',');

/** The desired state is reached at once. A resource other than an account keeps its inputs. */
function buildOutputs(inputs: Values): Values {
  if (inputs.asks === undefined) return inputs;
  const { desired } = unpackInputs(inputs);
  return { ...inputs, ...packOutputs({ reached: desired, asked: desired, isSettled: true, restore: null }) };
}

process.once('SIGINT', () => process.exit(0));
process.stdin.once('end', () => process.exit(1)).resume();
await main(
  {
    version: '0.1.0',
    diff: async (_id, _urn, olds: Values, news: Values) => ({
      changes: Object.entries(news).some(([key, value]) => !isDeepStrictEqual(olds[key], value)),
    }),
    create: async (_urn, inputs: Values) => {
      await waitSlowly();
      const id = inputs.asks === undefined ? 'empty' : unpackInputs(inputs).account.id;
      return { id, outs: buildOutputs(inputs) };
    },
    update: async (id, _urn, _olds: unknown, news: Values) => {
      await waitSlowly();
      if (refusedIds.includes(id)) throw new Error('signed in since the review');
      return { outs: buildOutputs(news) };
    },
  },
  process.argv.slice(2),
);
