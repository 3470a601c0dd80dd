// dormant look: what Dormant would see and propose, by one's own sign-in, before anything is set up.
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { graphCommandLineTools } from '../../graph/person/sign-in.ts';
import { type Cloud, clouds, isEmulated } from '../../policy/schemas/tenant.ts';
import { askYes } from '../ask-yes.ts';
import { preferSmallHeap } from '../audit/small-heap.ts';
import { findTenantCommand } from '../emulator/find-tenant.ts';
import { sanitiseLog } from '../github-actions.ts';
import { getGlobals, printJson } from '../globals.ts';
import { lookAtEmbedded, signInAtEmbedded } from '../look/embedded.ts';
import { look } from '../look/look.ts';
import { createBrowserOpener } from '../look/open-browser.ts';
import { buildLookDocument, printLook } from '../look/print-look.ts';
import type { Confirm } from '../look/report-names.ts';
import { requireOwnFolder, writeLook } from '../look/write-look.ts';
import { createPrintingLog } from '../print-request.ts';
import { createProgressLine } from '../progress.ts';
import { createQuotaNotifier } from '../quota-notes.ts';
import { resolveToday } from '../today.ts';
import { bringTenant } from './emulator.ts';

interface Options {
  tenant?: string;
  cloud: Cloud;
  clientId?: string;
  deviceCode?: true;
  showNames?: true;
  policy?: string;
  prices?: string;
  out?: string;
  embedded?: true;
  as?: string;
  today?: string;
}

export function createLookCommand(): Command {
  return new Command('look')
    .description(
      'Sign in and see what Dormant would propose for your tenant. Needs no repository; changes nothing in the tenant but, if you agree, one setting while reports are read.',
    )
    .option('--tenant <name>', 'the tenant, by id or domain (default: the one you belong to)')
    .addOption(new Option('--cloud <name>', 'the cloud that it is in').choices(clouds).default('global'))
    .option('--device-code', 'sign in by a code on another device, where the tenant allows it')
    .option('--client-id <guid>', 'another application to sign in to (default: Microsoft Graph Command Line Tools)')
    .option('--show-names', 'agree now to show the names in usage reports while they are read')
    .option('--policy <file>', 'by another policy.yaml than the one that Dormant comes with')
    .option('--prices <file>', 'by another prices.yaml')
    .option('--out <folder>', 'where the files go (default: look-<name of the tenant>)')
    .option('--embedded', 'look at a tenant that does not exist, started for it: to see what a look gives')
    .option('--as <person>', 'embedded tenant only: who is signed in, without a browser (default: an administrator)')
    .option('--today <day>', 'embedded tenant only: the day to look on')
    .action(runLook);
}

async function runLook(options: Options, command: Command): Promise<void> {
  const isEmbedded = options.embedded === true;
  if (isEmbedded && !isEmulated(options.cloud)) return await lookAtNobody(getGlobals(command));
  if (options.as !== undefined && !isEmulated(options.cloud))
    command.error('error: --as is for the embedded tenant: everybody else signs in by themselves.');
  const { json, verbose } = getGlobals(command);
  if (options.out !== undefined) await requireOwnFolder(resolve(options.out));
  const today = await resolveToday(options.cloud, options.today);
  const progress = createProgressLine(process.stderr, { verbose });
  preferSmallHeap();
  const { tenant = 'organizations', clientId = graphCommandLineTools, deviceCode, showNames = false } = options;
  const flow = deviceCode ? 'device-code' : 'browser';
  const say = (sentence: string) => console.error(sanitiseLog(sentence));
  const found = await look(
    { ...options, tenant, clientId, showNames, flow },
    {
      env: process.env,
      today,
      say,
      confirm: canBeAsked(json) ? askInTerminal : null,
      openBrowser: chooseBrowser(options.as, say),
      log: createPrintingLog({ verbose }),
      onProgress: progress.update,
      onQuotaWait: createQuotaNotifier(progress.print),
    },
  ).finally(progress.end);
  const folder = resolve(options.out ?? `look-${found.view.stack}`);
  const written = { folder, files: await writeLook(found, folder) };
  if (json) printJson(buildLookDocument(found, written, { isEmbedded }));
  else printLook(found, written, { isEmbedded });
}

/** In a process of its own, which has the tenant as its cloud. Where nobody is at risk, nobody is asked. */
async function lookAtNobody({ verbose }: { verbose: boolean }): Promise<void> {
  const tenant = findTenantCommand(import.meta.filename) ?? (await bringTenant(import.meta.filename, byNpx));
  const progress = createProgressLine(process.stderr, { verbose });
  progress.print('Starting a tenant that does not exist, on this machine …');
  progress.update({ source: 'starting' });
  const words = process.argv.slice(2);
  const signIn = words.includes('--as') ? [] : ['--as', ''];
  process.exitCode = await lookAtEmbedded(tenant, [...words, ...signIn, '--show-names'], () => {
    progress.end();
    progress.print('It is there, and the look begins …');
  });
}

/** Both packages, into a folder of npm's own. */
const byNpx = 'npx -y -p @dormant-m365/dormant -p @dormant-m365/emulator dormant look --embedded';

function canBeAsked(json: boolean): boolean {
  return process.stdin.isTTY && process.stderr.isTTY && !json;
}

/** `as` empty: whom the embedded tenant suggests. */
function chooseBrowser(
  as: string | undefined,
  say: (sentence: string) => void,
): ReturnType<typeof createBrowserOpener> {
  if (as === undefined) return createBrowserOpener(say);
  return (address) => {
    say(`Signing in on its page as ${as === '' ? 'an administrator' : as}, without a browser …`);
    return signInAtEmbedded(address, as === '' ? null : as);
  };
}

const askInTerminal: Confirm = (message) => askYes(message, { isYes: false }, { output: process.stderr });
