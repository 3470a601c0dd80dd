// For the long tests: a place for Pulumi's state as adopters have it, by its own protocol, and what can happen to it.
import type { Network } from './network.fixture.ts';

export interface Backend {
  /** For PULUMI_BACKEND_URL. */
  url: string;
  /** The credentials that the engine reads. */
  environment: Record<string, string>;
  /** Between the engine and the server; what a test does to objects goes round it. */
  network: Network;
  objects: BackendObjects;
  close(): Promise<void>;
}

/** The files of the backend by their keys, such as `.pulumi/stacks/dormant/contoso.json`. */
export interface BackendObjects {
  /** null: there is none. */
  read(key: string): Promise<string | null>;
  write(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Over plain HTTP; `headers` are those that a file is written with, `query` what lets it in. */
export function createObjects(
  folder: string,
  query = '',
  headers: Record<string, string> = {},
): BackendObjects {
  const send = async (method: string, key: string, text?: string) => {
    const body = text === undefined ? {} : { body: text, headers };
    const answer = await fetch(`${folder}/${key}${query}`, { method, ...body });
    const content = await answer.text();
    if (answer.ok || answer.status === 404) return answer.ok ? content : null;
    throw new Error(`${method} ${key}: ${answer.status} ${content}`);
  };
  return {
    read: (key) => send('GET', key),
    write: async (key, text) => void (await send('PUT', key, text)),
    remove: async (key) => void (await send('DELETE', key)),
  };
}
