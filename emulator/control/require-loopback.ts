// Keeps the control routes and the page to this machine: they ask for no token.
import { isIP } from 'node:net';
import type { Middleware } from '../middleware.ts';
import { GraphError } from '../odata/errors.ts';

/** 403 for a request that comes from another machine, which a server with `listen` may get. */
export const requireLoopback: Middleware = async (c, next) => {
  const address = c.env?.incoming?.socket.remoteAddress ?? '';
  if (isLoopback(address)) return next();
  throw new GraphError(403, 'Forbidden', `This is for the machine of the tenant alone, and ${address} is another.`);
};

export function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}
