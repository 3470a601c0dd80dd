// A stand-in for pulumi-language-nodejs, which comes with Pulumi's releases but not with the CLI's Go module: starts the
// SDK's runner on the project's program, as the real one does. The engine, runner and program are real.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import languageGrpc from '@pulumi/pulumi/proto/language_grpc_pb.js';
import language, { type RunRequest, type RunResponse } from '@pulumi/pulumi/proto/language_pb.js';
import plugin from '@pulumi/pulumi/proto/plugin_pb.js';

const [engineAddress = ''] = process.argv.slice(2);
// The CLI does not end its language hosts; they must notice that it has exited.
process.stdin.once('end', () => process.exit(0)).resume();
const server = new Server();
server.addService(languageGrpc.LanguageRuntimeService, createLanguageRuntime());
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (_error, port) => console.log(String(port)));

/** The calls that the engine needs: the version, no packages to install, and running the program. */
function createLanguageRuntime(): UntypedServiceImplementation {
  const createAnswer =
    (answer: unknown): handleUnaryCall<unknown, unknown> =>
    (_call, reply) =>
      reply(null, answer);
  const rejectCall: handleUnaryCall<unknown, unknown> = (_call, reply) => reply({ code: status.UNIMPLEMENTED });
  const methods = Object.keys(languageGrpc.LanguageRuntimeService);
  return {
    ...Object.fromEntries(methods.map((name) => [name, rejectCall])),
    getPluginInfo: createAnswer(new plugin.PluginInfo()),
    getRequiredPackages: createAnswer(new language.GetRequiredPackagesResponse()),
    run: runProgram,
  };
}

async function runProgram(
  { request }: ServerUnaryCall<RunRequest, RunResponse>,
  reply: sendUnaryData<RunResponse>,
): Promise<void> {
  // Like the real one: the `node` of the PATH, in the program's folder.
  const program = spawn('node', [...listNodeArguments(request), ...buildRunnerArguments(request)], {
    stdio: ['ignore', 'inherit', 'inherit'],
    cwd: request.getInfo()?.getProgramDirectory() ?? request.getPwd(),
    env: {
      ...process.env,
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    },
  });
  const [exitCode] = await once(program, 'exit');
  const response = new language.RunResponse();
  // 32: the runner has already reported the error to the engine.
  if (exitCode === 32) response.setBail(true);
  else if (exitCode !== 0) response.setError(`the program ended with exit code ${exitCode}`);
  reply(null, response);
}

/** `nodeargs` of the project's file. */
function listNodeArguments(request: RunRequest): string[] {
  const { nodeargs } = request.getInfo()?.getOptions()?.toJavaScript() ?? {};
  return typeof nodeargs === 'string' ? nodeargs.split(' ') : [];
}

function buildRunnerArguments(request: RunRequest): string[] {
  const info = request.getInfo();
  return [
    join(import.meta.dirname, '../../node_modules/@pulumi/pulumi/cmd/run'),
    `--monitor=${request.getMonitorAddress()}`,
    `--engine=${engineAddress}`,
    `--organization=${request.getOrganization()}`,
    `--project=${request.getProject()}`,
    `--stack=${request.getStack()}`,
    `--pwd=${info?.getProgramDirectory() ?? request.getPwd()}`,
    `--parallel=${request.getParallel()}`,
    ...(request.getDryrun() ? ['--dry-run'] : []),
    info?.getEntryPoint() ?? request.getProgram(),
  ];
}
