// By which names Microsoft finds a request again, for a support case and in its activity logs.

export interface RequestIds {
  /**
   * Microsoft's: of an error the error's own, else of the HTTP request, which is the whole $batch for what came in one: its items
   * carry none (json-batching.md of microsoft-graph-docs-contrib). Empty when none came.
   */
  requestId: string;
  /** Ours, of the HTTP request; Microsoft's logs keep it as ClientRequestId. Empty for what was not sent. */
  clientRequestId: string;
  /** Which item of which $batch; null: it came alone. */
  batch: BatchPlace | null;
}

export interface BatchPlace {
  /** Microsoft's request-id of the whole. */
  requestId: string;
  item: string;
}

/** Nobody was asked. */
export const noRequest: RequestIds = { requestId: '', clientRequestId: '', batch: null };

/** ` (request-id …, item 3 of the $batch …)`, for the end of a sentence; empty where nothing is known. */
export function formatRequestIds({ requestId, clientRequestId, batch }: RequestIds): string {
  const isOfBatch = batch !== null && batch.requestId === requestId;
  const own = requestId === '' || isOfBatch ? [] : [`request-id ${requestId}`];
  const whole =
    batch === null
      ? []
      : [`item ${batch.item} of the $batch with request-id ${batch.requestId || 'unknown'}`];
  // Without an answer there is only ours.
  const ours = requestId === '' && clientRequestId !== '' ? [`client-request-id ${clientRequestId}`] : [];
  const parts = [...own, ...whole, ...ours];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
