// For tests: the audit's real reader, pointed at a server on the loopback that answers whatever a test wants it to survive.
import { resolveEndpoints } from '../../graph/clouds.ts';
import { fastRetryPolicy } from '../../graph/emulator.fixture.ts';
import { type AServer, aServer, type HeardRequest, type ServerAnswer } from '../../graph/server.fixture.ts';
import type { Cloud } from '../../policy/schemas/tenant.ts';
import { type AuditReader, createAuditReader } from './reader.ts';

export interface AReader {
  reader: AuditReader;
  server: AServer;
}

/** Ends with the test. Exchange and the reports are this server, too. */
export async function aReader(
  answer: (request: HeardRequest, origin: string) => ServerAnswer,
  cloud: Cloud = 'global',
): Promise<AReader> {
  const server = await aServer(answer);
  const { graph, log } = server;
  const connection = {
    endpoints: resolveEndpoints(cloud, {}),
    graph,
    reports: graph,
    exchange: graph,
    readExchangeRoles: async () => ['Exchange.ManageAsApp'],
    log,
  };
  return { reader: createAuditReader(connection, fastRetryPolicy), server };
}

/** Answers for a usage report: the redirect that Graph sends, then the file. */
export function reportAnswer({ path }: HeardRequest, origin: string, csv: string): ServerAnswer {
  if (path.startsWith('/v1.0/reports/')) return { status: 302, headers: { Location: `${origin}/file` } };
  return { headers: { 'Content-Type': 'application/octet-stream' }, body: csv };
}
