// The ids by which Microsoft finds a request again, for support cases and in its activity logs.
export interface RequestIds {
  /**
   * Microsoft's id: the error's own if it has one, else the HTTP request's. That is the whole $batch for its items, which
   * carry none (json-batching.md of microsoft-graph-docs-contrib). Empty if none came.
   */
  requestId: string;
  /** Our id of the HTTP request, ClientRequestId in Microsoft's logs. Empty if nothing was sent. */
  clientRequestId: string;
  /** Which item of which $batch; null: it was sent alone. */
  batch: BatchPlace | null;
}

interface BatchPlace {
  /** Microsoft's request-id of the whole batch. */
  requestId: string;
  item: string;
}

/** Nothing was sent. */
export const noRequest: RequestIds = { requestId: '', clientRequestId: '', batch: null };

/** ` (request-id …, item 3 of the $batch …)`, for the end of a sentence; empty if nothing is known. */
export function formatRequestIds({ requestId, clientRequestId, batch }: RequestIds): string {
  const isOfBatch = batch !== null && batch.requestId === requestId;
  const own = requestId === '' || isOfBatch ? [] : [`request-id ${requestId}`];
  const whole =
    batch === null ? [] : [`item ${batch.item} of the $batch with request-id ${batch.requestId || 'unknown'}`];
  // Without an answer there is only our own id.
  const ours = requestId === '' && clientRequestId !== '' ? [`client-request-id ${clientRequestId}`] : [];
  const parts = [...own, ...whole, ...ours];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
