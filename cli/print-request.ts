// --verbose: each request with its request id on standard error, so that a table or JSON document stays what it is.
import { type RequestLog, requestLog, type SentRequest } from '../graph/requests.ts';
import { forLog } from './actions.ts';

export function printRequest({
  method,
  path,
  status,
  requestId,
}: Pick<SentRequest, 'method' | 'path' | 'status' | 'requestId'>): void {
  console.error(forLog(`${status ?? 'no answer'} ${method} ${path} ${requestId}`));
}

export function requestsToPrint({ verbose }: { verbose: boolean }): RequestLog {
  return verbose ? requestLog(printRequest) : requestLog();
}
