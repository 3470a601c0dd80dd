// What a resource type of the provider is.
import type { Session } from './session.ts';

/** What a resource type has to answer; there is no delete, because releasing an account sends no request. */
export interface Resource {
  check(news: unknown): { property: string; reason: string }[];
  diff(olds: unknown, news: unknown): boolean;
  /** Where a run, which began at `startedAt`, notes first what it is about to do; `olds` null: new to the state. */
  begin?(
    olds: unknown,
    news: unknown,
    begins: { startedAt: string; session: () => Promise<Session> },
  ): Promise<{ id: string; outs: object }>;
  create(urn: string, news: unknown, session: Session): Promise<{ id: string; outs: object }>;
  /** Empty: the tenant does not have it any more. */
  read(olds: unknown, session: Session): Promise<{ props: object } | null>;
  update(urn: string, olds: unknown, news: unknown, session: Session): Promise<{ outs: object }>;
}
