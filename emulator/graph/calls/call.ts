// What Microsoft documents of one call: who may make it, with which query options, what it costs.

export interface CallFacts {
  /**
   * Application permissions, one of which lets it in, the least first; empty: it needs none. From permissions.json of
   * microsoftgraph/microsoft-graph-devx-content (permissions/new, 2026-08-07), cut down to those that this tenant offers.
   */
  readonly permissions: readonly string[];
  /**
   * Resource units of identity before the query changes them, "any requests not listed have a base cost of 1" (throttling-limits.md of
   * microsoft-graph-docs-contrib, concepts); null: other budgets.
   */
  readonly units: number | null;
  /** Also a POST that only reads: getByIds. Default: one for each method but GET. */
  readonly writes?: 0;
  /**
   * The page that says the rest, below api-reference/v1.0/api of microsoft-graph-docs-contrib where it names no repository. Without it
   * nobody has looked the call up, and Dormant does not make it.
   */
  readonly page?: string;
  /** Query options that the page names. Default none. */
  readonly query?: readonly string[];
  /** The largest `$top`. */
  readonly mostOnPage?: number;
  /** What one of its permissions does not let in without. */
  readonly with?: Readonly<Record<string, string>>;
  /** What one property of it needs beside the permission. */
  readonly alsoFor?: Readonly<Record<string, string>>;
}

/** "This method supports the OData query parameters to help customize the response." */
export const everyOption = [
  '$count',
  '$expand',
  '$filter',
  '$orderby',
  '$search',
  '$select',
  '$top',
] as const;
