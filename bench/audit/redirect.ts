// Loaded into somebody else's Graph client before it starts: its connections to Microsoft's hosts end at the embedded tenant,
// whose certificate carries their names. Prints the process's peak memory when it ends.
import tls, { type ConnectionOptions } from 'node:tls';

const { port } = new URL(process.env.DORMANT_EMULATOR_URL ?? '');
const connect: (options: ConnectionOptions, listener?: () => void) => tls.TLSSocket = tls.connect;

Object.assign(tls, {
  connect: (options: ConnectionOptions, listener?: () => void) =>
    connect(
      { ...options, host: '127.0.0.1', port: Number(port), servername: options.servername || options.host },
      listener,
    ),
});

process.on('exit', () => {
  process.stderr.write(`\nmegabytes ${Math.round(process.resourceUsage().maxRSS / 1024)}\n`);
});
