// Microsoft's documentation of one call: its permissions, query options and cost.

/** What a call requires of a person who has signed in. */
export interface DelegatedAccess {
  /** Delegated permissions, one of which is enough, the least first; from the same file, scheme DelegatedWork. */
  readonly permissions: readonly string[];
  /**
   * Whom Entra and the service allow it besides: every user of the tenant, its members, or holders of one of these Entra roles,
   * by their display names (people.ts). A Global Administrator may always.
   */
  readonly people: 'everybody' | 'members' | readonly string[];
}

export interface CallFacts {
  /**
   * Application permissions, one of which is enough, the least first; empty: it needs none, or is for people. From permissions.json of
   * microsoftgraph/microsoft-graph-devx-content (permissions/new, 2026-08-07), reduced to those that this tenant offers.
   */
  readonly permissions: readonly string[];
  /** Without it no person may make the call; with it and no application permission no application may. */
  readonly delegated?: DelegatedAccess;
  /**
   * Resource units of identity before the query changes them, "any requests not listed have a base cost of 1"
   * (throttling-limits.md of microsoft-graph-docs-contrib, concepts); null: other budgets.
   */
  readonly units: number | null;
  /** 0 for a POST that only reads, such as getByIds. Default: one for each method but GET. */
  readonly writes?: 0;
  /**
   * The source of the rest, below api-reference/v1.0/api of microsoft-graph-docs-contrib where it names no repository. A
   * call without a page was not looked up, and Dormant does not make it.
   */
  readonly page?: string;
  /** Query options that the page names. Default none. */
  readonly query?: readonly string[];
  /** The largest `$top`. */
  readonly mostOnPage?: number;
  /** Another permission that one of its permissions requires. */
  readonly with?: Readonly<Record<string, string>>;
  /** The permission that one property needs besides. */
  readonly alsoFor?: Readonly<Record<string, string>>;
}

/** "This method supports the OData query parameters to help customize the response." */
export const everyOption = ['$count', '$expand', '$filter', '$orderby', '$search', '$select', '$top'] as const;
