// What a resource type of the provider is, and a resource in the engine's state.
import type { Session } from './session.ts';

type OpenSession = () => Promise<Session>;

/** What a resource type answers; no delete, because releasing an account sends no request. */
export interface Resource {
  check(news: unknown): { property: string; reason: string }[];
  diff(olds: unknown, news: unknown): boolean;
  /** Notes what the run, begun at `startedAt`, is about to do; `olds` null: new to the state. */
  begin?(
    olds: unknown,
    news: unknown,
    begins: { startedAt: string; session: OpenSession },
  ): Promise<{ id: string; outs: object }>;
  /** `session` is opened only where the tenant is needed. */
  create(urn: string, news: unknown, session: OpenSession): Promise<{ id: string; outs: object }>;
  /** null: the tenant no longer has it. */
  read(olds: unknown, session: Session): Promise<{ props: object } | null>;
  update(urn: string, olds: unknown, news: unknown, session: OpenSession): Promise<{ outs: object }>;
}

/** Any resource, as the engine's state has it. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: unknown;
  outputs?: object;
}
