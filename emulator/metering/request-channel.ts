// Publishes every request to any tenant of this process as it comes in, for tools that check all that a client sends.
import { channel } from 'node:diagnostics_channel';

/** Its messages are `LogEntry`. */
export const requestChannel = channel('dormant.emulator.request');
