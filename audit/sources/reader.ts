// All that the audit can do to a tenant by itself: read.
import { type BatchAnswer, sendBatch } from '../../graph/batch.ts';
import type { CloudEndpoints } from '../../graph/clouds.ts';
import { type Cmdlet, readCmdletPages, runCmdlet } from '../../graph/cmdlet.ts';
import type { Connection } from '../../graph/connect.ts';
import { download } from '../../graph/download.ts';
import { type ListMany, listMany } from '../../graph/list-many.ts';
import { listAll, readPages, readPagesOnDemand } from '../../graph/pages.ts';
import type { RetryPolicy } from '../../graph/retry.ts';
import type { GetRequest } from '../../graph/send-once.ts';

export interface AuditReader {
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal | undefined;
  /** Services for which this cloud's report of active users has no column. */
  readonly unreported: CloudEndpoints['unreported'];
  /** Whether Microsoft's clock for OneDrives without a licence runs in this cloud. */
  readonly clocksOneDrives: boolean;
  get(request: GetRequest): Promise<unknown>;
  /** A list page by page; the next page is requested while one is processed. */
  readPages(request: GetRequest): AsyncGenerator<readonly unknown[]>;
  /** The same for a list that may be left early: each page is requested only when needed. */
  readPagesOnDemand(request: GetRequest): AsyncGenerator<readonly unknown[]>;
  /** A list that is known to be short. */
  list(request: GetRequest): Promise<unknown[]>;
  /** Several lists, their first pages in one round trip; a refused list is an answer, not an error. */
  createLister(source: string): ListMany;
  /** One GET per path, 20 in a round trip; answers in order, whatever their status. Throws only if throttling persists. */
  getMany(source: string, paths: readonly string[]): Promise<BatchAnswer[]>;
  /** A usage report's CSV; `consume` is called again whenever the download restarts. */
  downloadReport<T>(source: string, path: string, consume: (body: AsyncIterable<Uint8Array>) => Promise<T>): Promise<T>;
  /** The settings of the usage reports, from the version of Graph that has them in this cloud. */
  readReportSettings(): Promise<unknown>;
  /** App roles of the identity in Exchange; empty when it may not even sign in there. */
  readExchangeRoles(): Promise<readonly string[]>;
  /** The output of a read-only Exchange cmdlet. */
  runReadCmdlet(cmdlet: ReadCmdlet): Promise<unknown[]>;
  /** The same, a page at a time. */
  readCmdletPages(cmdlet: ReadCmdlet): AsyncGenerator<readonly unknown[]>;
}

interface ReadCmdlet extends Pick<Cmdlet, 'source' | 'parameters' | 'select'> {
  name: `Get-${string}`;
}

/** The reading half of a connection. */
export function createAuditReader(
  { graph, reports, exchange, endpoints, readExchangeRoles, log }: Omit<Connection, 'writing'>,
  retryPolicy?: RetryPolicy,
): AuditReader {
  return {
    signal: graph.signal,
    unreported: endpoints.unreported,
    clocksOneDrives: endpoints.clocksOneDrives,
    get: async (request) => (await graph.send(request)).body,
    readPages: (request) => readPages(graph, request),
    readPagesOnDemand: (request) => readPagesOnDemand(graph, request),
    list: (request) => listAll(graph, request),
    createLister: (source) => listMany(graph, source, retryPolicy),
    getMany: (source, paths) =>
      sendBatch(
        graph,
        source,
        paths.map((url) => ({ method: 'GET', url, mayFail: true })),
        retryPolicy,
      ),
    downloadReport: (source, path, consume) =>
      download(reports, { source, path, consume, log, ...(retryPolicy ? { retryPolicy } : {}) }),
    readReportSettings: async () =>
      (await reports.send({ source: 'report settings', path: '/admin/reportSettings' })).body,
    readExchangeRoles: () => readExchangeRoles().catch(() => []),
    runReadCmdlet: (cmdlet) => runCmdlet(exchange, { ...cmdlet, repeatable: true }),
    readCmdletPages: (cmdlet) => readCmdletPages(exchange, { ...cmdlet, repeatable: true }),
  };
}
