// What Microsoft says of a request: its permissions, its page and its cost; and how the log writes one down.
export { computeIdentityCost } from '../../metering/costs.ts';
export type { LogEntry } from '../../metering/request-log.ts';
export { type FoundCall, findCall } from './calls.ts';
