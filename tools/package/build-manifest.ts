// The package.json of a package, from the one in this repository. Pure.
import { formats } from '../../cli/upgrade/formats.ts';
import type { BuildNote } from '../../cli/version.ts';

/** In the parts that are read here. */
export interface Manifest {
  name: string;
  version: string;
  bin?: Record<string, string>;
  exports?: Record<string, string>;
  [field: string]: unknown;
}

/** Where the source strips its own types, a user's Node has to run JavaScript: no build knows more of Node than this. */
const neededNode = '>=22.18';

/** Without what is for developers: scripts, their packages, and the Node that `npm ci` brings to this repository. */
export function buildManifest(source: Manifest, build: BuildNote): Record<string, unknown> {
  const { private: _, scripts, devDependencies, optionalDependencies, bin, exports, ...rest } = source;
  return {
    ...rest,
    build,
    formats,
    engines: { node: neededNode },
    publishConfig: { access: 'public', provenance: true },
    ...(bin ? { bin: mapValues(bin, toJavaScript) } : {}),
    ...(exports ? { exports: mapValues(exports, toConditions) } : {}),
  };
}

function toConditions(path: string): string | { types: string; default: string } {
  if (!path.endsWith('.ts')) return path;
  return { types: path.replace(/\.ts$/, '.d.ts'), default: toJavaScript(path) };
}

function toJavaScript(path: string): string {
  return path.replace(/\.ts$/, '.js');
}

function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
