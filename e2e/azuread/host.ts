// A stand-in for the azuread plugin where it is not installed: the same sign-in by ARM_*, the same requests in the same
// order for a group and a Conditional Access policy, the same states, but no minutes of waiting until Entra is consistent.
import { isDeepStrictEqual } from 'node:util';
import provider from '@pulumi/pulumi/proto/provider_pb.js';
import { main } from '@pulumi/pulumi/provider/index.js';
import { isFields } from '../../graph/json-fields.ts';
import { type GraphClient, signInToGraph } from './graph-client.ts';
import { type Inputs, resourceKinds } from './resource-kinds.ts';
import { trimInputs } from './trim-inputs.ts';

let graph: Promise<GraphClient> | null = null;
const getGraph = () => {
  graph ??= signInToGraph(process.env);
  return graph;
};

const requireKind = (urn: string) => {
  const type = urn.split('::')[2] ?? '';
  const kind = resourceKinds[type];
  if (kind) return kind;
  throw new Error(`The stand-in has no resource ${type}.`);
};

const parseObjectId = (id: string) => id.slice(id.lastIndexOf('/') + 1);

/** The engine passes only outputs: those never declared, or declared empty, are left out. */
const selectDeclared = (outs: Inputs): Inputs =>
  Object.fromEntries(
    Object.entries(outs).flatMap(([key, value]) => {
      if (Array.isArray(value)) return value.length > 0 ? [[key, value]] : [];
      return [[key, isFields(value) ? selectDeclared(value) : value]];
    }),
  );

/** Whether the tenant matches the declaration; an undeclared list must be empty, other undeclared values are ignored. */
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
      const { create, fill, prefix, read } = requireKind(urn);
      const objectId = await create(await getGraph(), inputs);
      const id = `${prefix}${objectId}`;
      await fill(await getGraph(), objectId, inputs).catch((error: unknown) => {
        // Partly created: the engine keeps it, and the next run goes on.
        const properties = { ...inputs, objectId, members: [] };
        throw Object.assign(new Error(String(error)), { id, properties, reasons: [String(error)] });
      });
      return { id, outs: { ...inputs, ...(await read(await getGraph(), objectId)) } };
    },
    update: async (id, urn, _olds: Inputs, news: Inputs) => {
      const { update, fill, read } = requireKind(urn);
      await update(await getGraph(), parseObjectId(id), news);
      await fill(await getGraph(), parseObjectId(id), news);
      return { outs: { ...news, ...(await read(await getGraph(), parseObjectId(id))) } };
    },
    read: async (id, urn, props: Inputs | null) => {
      const found = await requireKind(urn).read(await getGraph(), parseObjectId(id));
      if (found === null) return {};
      const isImport = Object.keys(props ?? {}).length === 0;
      const before = isImport ? null : selectDeclared(props ?? {});
      return { id, props: found, inputs: trimInputs(before, found) };
    },
    delete: async (id, urn) => requireKind(urn).remove(await getGraph(), parseObjectId(id)),
  },
  process.argv.slice(2),
);
