// The provider: what the engine may ask of it, by resource type. So far one type that adopts and records, and no request.
import { isDeepStrictEqual } from 'node:util';
import type { Provider } from '@pulumi/pulumi/provider/index.js';
import type { EngineLog } from './engine-log.ts';

export function m365(log: EngineLog): Provider {
  return {
    version: '0.1.0',
    async diff(_id, _urn, olds: unknown, news: unknown) {
      return { changes: !isDeepStrictEqual(olds, news) };
    },
    async create(urn, inputs: { account: { id: string } }) {
      await log(urn, 'debug', JSON.stringify({ step: 'adopted' }));
      return { id: inputs.account.id, outs: inputs };
    },
    async update(_id, urn, _olds: unknown, news: unknown) {
      await log(urn, 'debug', JSON.stringify({ step: 'updated' }));
      return { outs: news };
    },
  };
}
