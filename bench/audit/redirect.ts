// Loaded into another Graph client before it starts: redirects its connections to the embedded tenant, whose certificate
// has the names of Microsoft's hosts. Prints the process's peak memory when it ends.
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
