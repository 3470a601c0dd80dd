// The m365 provider's process. The engine starts it through pulumi-resource-m365, reads its port and speaks gRPC with it.
import { main } from '@pulumi/pulumi/provider/index.js';
import { connectEngineLog } from './engine-log.ts';
import { createM365Provider } from './m365.ts';

exitWithTheEngine();
const [engineAddress = ''] = process.argv.slice(2);
await main(createM365Provider(connectEngineLog(engineAddress)), [engineAddress]);

/**
 * The engine ends its providers with SIGINT. If it is killed, the end of our standard input shows it. A provider that lived
 * on would write to the tenant at the same time as the next run.
 */
function exitWithTheEngine(): void {
  process.once('SIGINT', () => process.exit(0));
  process.once('SIGTERM', () => process.exit(0));
  process.stdin.once('end', () => process.exit(1)).resume();
}
