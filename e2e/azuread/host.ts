// Stands for the azuread plugin where it is not installed: the same sign-in by ARM_*, the same requests in the same order for a group
// and a Conditional Access policy, the same states, without its minutes of waiting until Entra is consistent.
import { isDeepStrictEqual } from 'node:util';
import provider from '@pulumi/pulumi/proto/provider_pb.js';
import { main } from '@pulumi/pulumi/provider/index.js';
import { isFields } from '../../graph/fields.ts';
import { inputsAsLongAsBefore } from './as-long-as-before.ts';
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

const objectIdIn = (id: string) => id.slice(id.lastIndexOf('/') + 1);

/** The engine hands over outputs only: of these, what is never declared, or declared empty, is left out. */
const declaredIn = (outs: Inputs): Inputs =>
  Object.fromEntries(
    Object.entries(outs).flatMap(([key, value]) => {
      if (Array.isArray(value)) return value.length > 0 ? [[key, value]] : [];
      return [[key, isFields(value) ? declaredIn(value) : value]];
    }),
  );

/** Whether the tenant has what is declared; of what is not declared only lists count, which are empty then. */
const isAsDeclared = (found: unknown, declared: unknown): boolean => {
  if (Array.isArray(found) && declared === undefined) return found.length === 0;
  if (Array.isArray(found) && Array.isArray(declared))
    return isDeepStrictEqual([...found].sort(), [...declared].sort());
  if (!isFields(found) || !isFields(declared)) return declared === undefined || found === declared;
  return Object.keys({ ...found, ...declared }).every((key) => isAsDeclared(found[key], declared[key]));
};

// An import reads without any properties, which the SDK's server does not expect.
const { getProperties } = provider.ReadRequest.prototype;
Object.defineProperty(provider.ReadRequest.prototype, 'getProperties', {
  value(this: unknown) {
    return Reflect.apply(getProperties, this, []) ?? { toJavaScript: () => ({}) };
  },
});

process.once('SIGINT', () => process.exit(0));
process.stdin.once('end', () => process.exit(1)).resume();
await main(
  {
    version: '6.9.1',
    diff: async (_id, _urn, olds: Inputs, news: Inputs) => {
      const keys = Object.keys(news).filter((key) => !isAsDeclared(olds[key], news[key]));
      return { changes: keys.length > 0, replaces: [] };
    },
    create: async (urn, inputs: Inputs) => {
      const { create, fill, prefix, read } = kindOf(urn);
      const objectId = await create(await signedIn(), inputs);
      const id = `${prefix}${objectId}`;
      await fill(await signedIn(), objectId, inputs).catch((error: unknown) => {
        // Half made: the engine keeps it, and the next run goes on.
        const properties = { ...inputs, objectId, members: [] };
        throw Object.assign(new Error(String(error)), { id, properties, reasons: [String(error)] });
      });
      return { id, outs: { ...inputs, ...(await read(await signedIn(), objectId)) } };
    },
    update: async (id, urn, _olds: Inputs, news: Inputs) => {
      const { update, fill, read } = kindOf(urn);
      await update(await signedIn(), objectIdIn(id), news);
      await fill(await signedIn(), objectIdIn(id), news);
      return { outs: { ...news, ...(await read(await signedIn(), objectIdIn(id))) } };
    },
    read: async (id, urn, props: Inputs | null) => {
      const found = await kindOf(urn).read(await signedIn(), objectIdIn(id));
      if (found === null) return {};
      const isImport = Object.keys(props ?? {}).length === 0;
      const before = isImport ? null : declaredIn(props ?? {});
      return { id, props: found, inputs: inputsAsLongAsBefore(before, found) };
    },
    delete: async (id, urn) => kindOf(urn).remove(await signedIn(), objectIdIn(id)),
  },
  process.argv.slice(2),
);
