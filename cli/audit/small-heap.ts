// Makes V8 collect garbage early: an audit makes gigabytes of it and keeps megabytes.
import { setFlagsFromString } from 'node:v8';

/**
 * V8 lets the heap grow to a multiple of its live objects, which dominates in a process that reads a million users page by
 * page. Measured at 100,000 users: the peak falls from 430 MB to 220 MB, for a third more processor time, which an audit
 * would spend waiting for the network. Applies to the whole process from now on.
 */
export function preferSmallHeap(): void {
  setFlagsFromString('--optimize-for-size');
}
