// --verbose: each request with its request id, on standard error so that it does not get into a table or JSON document.
import { createRequestLog, type RequestLog, type SentRequest } from '../graph/request-log.ts';
import { sanitiseLog } from './github-actions.ts';

export function printRequest({
  method,
  path,
  status,
  requestId,
}: Pick<SentRequest, 'method' | 'path' | 'status' | 'requestId'>): void {
  console.error(sanitiseLog(`${status ?? 'no answer'} ${method} ${path} ${requestId}`));
}

export function createPrintingLog({ verbose }: { verbose: boolean }): RequestLog {
  return verbose ? createRequestLog(printRequest) : createRequestLog();
}
