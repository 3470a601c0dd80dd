// One grammar of names for every store, so that records can be copied from any of them into a folder of any system.
import { DormantError } from '../../policy/errors.ts';
import type { RecordStore } from './record-store.ts';

/** No part begins with a dot: that leaves out `.`, `..` and what a folder's own tools hide. */
const part = /^[A-Za-z0-9_@-][A-Za-z0-9._@-]*$/;

/** Refuses every other name before the store is asked: with exit code 2, for it is the caller's mistake. */
export function checkNames(store: RecordStore): RecordStore {
  return {
    place: store.place,
    list: (prefix) => store.list(requirePrefix(prefix)),
    read: (name) => store.read(requireName(name)),
    create: (name, content) => store.create(requireName(name), content),
    tryReplace: (name, content) => store.tryReplace(requireName(name), content),
    erase: (name) => store.erase(requireName(name)),
    readImmutability: () => store.readImmutability(),
  };
}

function requireName(name: string): string {
  if (name.length <= 900 && name.split('/').every((one) => part.test(one))) return name;
  throw createNameError(name);
}

function requirePrefix(prefix: string): string {
  const parts = prefix.split('/');
  const last = parts.pop();
  if (parts.every((one) => part.test(one)) && (last === '' || part.test(last ?? ''))) return prefix;
  throw createNameError(prefix);
}

function createNameError(name: string): DormantError {
  return new DormantError('usage', `No record may be called ${JSON.stringify(name.slice(0, 200))}.`, {
    exitCode: 2,
    remedy: 'Use ASCII letters, digits, `.`, `-`, `_` and `@`, parts divided by `/`, none of which begins with a dot.',
  });
}
