// `npm run bootstrap-import -- <stack>`: prints the file for `pulumi -C bootstrap import`, with the sign-in of `az login`.
import { readFile } from 'node:fs/promises';
import { AzureCliCredential } from '@azure/identity';
import { parse } from 'yaml';
import { buildImportFile } from '../bootstrap/import-file.ts';
import { parseNationalCloud, parseSettings } from '../bootstrap/settings.ts';
import { createAccessTokens } from '../graph/access-tokens.ts';
import { resolveEndpoints } from '../graph/clouds.ts';
import { isFields } from '../graph/json-fields.ts';
import { createRequestLog } from '../graph/request-log.ts';
import { createTransport } from '../graph/transport.ts';
import { DormantError } from '../policy/errors.ts';
import { requireStackName } from '../policy/files/stack-files.ts';
import { locatePage } from '../policy/words/locate-page.ts';
import { getExitCode, printFailure } from './failure.ts';

try {
  const [stack = ''] = process.argv.slice(2);
  requireStackName(stack);
  const config = await loadConfig(stack);
  const environment = config('azuread:environment');
  const settings = parseSettings(stack, (key) => config(`dormant-bootstrap:${key}`), environment);
  const { graph: origin, graphScope } = resolveEndpoints(parseNationalCloud(environment), {});
  const tokens = createAccessTokens(() => new AzureCliCredential(), graphScope);
  const graph = createTransport({ origin, version: 'v1.0', tokens, log: createRequestLog() });
  console.log(JSON.stringify(await buildImportFile(settings, graph), null, 2));
} catch (error) {
  printFailure(error);
  process.exitCode = getExitCode(error);
}

/** The stack's configuration from Pulumi's file; lists become JSON, as Pulumi passes them to a program. */
async function loadConfig(stack: string): Promise<(key: string) => string | undefined> {
  const where = `bootstrap/Pulumi.${stack}.yaml`;
  const text = await readFile(new URL(`../${where}`, import.meta.url), 'utf8').catch(() => null);
  if (text === null)
    throw new DormantError('missing-file', `There is no ${where}.`, {
      exitCode: 2,
      where,
      remedy: `Set the configuration as ${locatePage('guides/adopt.md')} does, or take the file from git.`,
    });
  const { config }: { config?: unknown } = parse(text) ?? {};
  return (key) => {
    const value = isFields(config) ? config[key] : undefined;
    return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
  };
}
