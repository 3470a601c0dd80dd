// For the long tests: a backend for Pulumi's state as adopters have it, by its own protocol, and its failures.
import type { Network } from './network.fixture.ts';

export interface Backend {
  /** For PULUMI_BACKEND_URL. */
  url: string;
  /** The credentials that the engine reads. */
  environment: Record<string, string>;
  /** Between the engine and the server; a test reaches objects directly. */
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

/** Over plain HTTP; `headers` for writing a file, `query` for authorisation. */
export function createObjects(folder: string, query = '', headers: Record<string, string> = {}): BackendObjects {
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
