// Stands for the azuread plugin where it is not installed: the same sign-in by ARM_*, the same requests in the same order for a group
// and a Conditional Access policy, without its minutes of waiting until Entra is consistent.
import { isDeepStrictEqual } from 'node:util';
import { main } from '@pulumi/pulumi/provider/index.js';
import { type Graph, signIn } from './graph.ts';
import { type Inputs, kinds } from './kinds.ts';

let graph: Promise<Graph> | null = null;
const signedIn = () => {
  graph ??= signIn(process.env);
  return graph;
};

const kindOf = (urn: string) => {
  const type = urn.split('::')[2] ?? '';
  const kind = kinds[type];
  if (kind) return kind;
  throw new Error(`The stand-in has no resource ${type}.`);
};

const inputsIn = ({ objectId: _, ...inputs }: Inputs) => inputs;

process.once('SIGINT', () => process.exit(0));
process.stdin.once('end', () => process.exit(1)).resume();
await main(
  {
    version: '6.9.1',
    diff: async (_id, _urn, olds: Inputs, news: Inputs) => ({
      changes: Object.entries(news).some(([key, value]) => !isDeepStrictEqual(olds[key], value)),
    }),
    create: async (urn, inputs: Inputs) => {
      const { create, fill } = kindOf(urn);
      const id = await create(await signedIn(), inputs);
      const outs = { ...inputs, objectId: id };
      await fill(await signedIn(), id, inputs).catch((error: unknown) => {
        // Half made: the engine keeps it, and the next run goes on.
        const reasons = [String(error)];
        throw Object.assign(new Error(String(error)), { id, properties: { ...outs, members: [] }, reasons });
      });
      return { id, outs };
    },
    update: async (id, urn, _olds: Inputs, news: Inputs) => {
      const { update, fill } = kindOf(urn);
      await update(await signedIn(), id, news);
      await fill(await signedIn(), id, news);
      return { outs: { ...news, objectId: id } };
    },
    read: async (id, urn, props: Inputs) => {
      const found = await kindOf(urn).read(await signedIn(), id, props);
      return found === null
        ? {}
        : { id, props: { ...props, ...found }, inputs: inputsIn({ ...props, ...found }) };
    },
    delete: async (id, urn) => kindOf(urn).remove(await signedIn(), id),
  },
  process.argv.slice(2),
);
