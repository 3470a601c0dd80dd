// Chooses the replica that answers a request.
import type { Middleware } from '../middleware.ts';
import type { Site } from '../site.ts';
import { answerFrom } from '../tenant/replicas.ts';

/** By the request's number, so that the same requests in the same order see the same. Cmdlets look, before they write. */
export function answerFromReplica({ tenant }: Site): Middleware {
  return (c, next) => {
    const { random } = tenant.world;
    const last = tenant.switches.replicas - 1;
    const place = last === 0 ? 1 : random.getBetween(c.get('entry').number, 9400, 0, last) / last;
    const isForWrite = c.req.method !== 'GET' && !c.req.path.endsWith('/InvokeCommand');
    return answerFrom({ clock: tenant.clock, place, isForWrite }, next);
  };
}
