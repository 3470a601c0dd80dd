// Messages from the provider to the engine, which passes them on as diagnostic events with the resource's URN. Not through
// standard output and error: the engine hides them unless the provider crashes.
import { credentials } from '@grpc/grpc-js';
import engineGrpc from '@pulumi/pulumi/proto/engine_grpc_pb.js';
import enginePb from '@pulumi/pulumi/proto/engine_pb.js';

/** `debug` reaches onEvent of the Automation API, and no terminal. Resolves when the engine has received it. */
export type EngineLog = (urn: string, severity: 'debug' | 'info' | 'warning', message: string) => Promise<void>;

export function connectEngineLog(engineAddress: string): EngineLog {
  const engine = new engineGrpc.EngineClient(engineAddress, credentials.createInsecure());
  return (urn, severity, message) => {
    const request = new enginePb.LogRequest();
    request.setUrn(urn);
    request.setSeverity(severities[severity]);
    request.setMessage(message);
    return new Promise((resolve, reject) => {
      engine.log(request, (error) => (error ? reject(error) : resolve()));
    });
  };
}

const severities = {
  debug: enginePb.LogSeverity.DEBUG,
  info: enginePb.LogSeverity.INFO,
  warning: enginePb.LogSeverity.WARNING,
};
