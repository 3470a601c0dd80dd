// dormant conceal: conceals the names that a killed audit or look left readable. Safe to run at any time.
import { Command } from 'commander';
import { concealNames } from '../../audit/collect/concealment.ts';
import { locateJournal } from '../../audit/collect/concealment-journal.ts';
import { loadStack } from '../../policy/files/stack-files.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { openAuditedTenant } from '../audit/open-tenant.ts';
import { type Globals, getGlobals, printJson } from '../globals.ts';
import { putBackNames } from '../look/put-back.ts';
import { createPrintingLog } from '../print-request.ts';

export function createConcealCommand(): Command {
  return new Command('conceal')
    .description('Conceal the names in usage reports again that an audit or a look left readable when it was killed.')
    .argument('[stack]', 'a folder of stacks/, after an audit; none after a look: you sign in once more')
    .option('--device-code', 'after a look: sign in by a code on another device')
    .action(async (stack: string | undefined, { deviceCode }: { deviceCode?: true }, command: Command) => {
      if (stack === undefined) await concealAfterLooks(deviceCode ?? false, getGlobals(command));
      else await concealAfterAudit(stack, getGlobals(command));
    });
}

async function concealAfterAudit(stack: string, { repo, json, verbose }: Globals): Promise<void> {
  const tenant = (await loadStack(openWorkingTree(repo), stack)).tenant.value;
  const settled = await concealNames({
    ...openAuditedTenant(tenant, { env: process.env, log: createPrintingLog({ verbose }) }),
    place: locateJournal(repo, stack, tenant.tenantId),
    concealsAlways: tenant.reportNames !== 'shown',
  });
  if (json) printJson({ stack, settled });
  else console.log(settled === 'put-back' ? 'The names are concealed again.' : 'No audit left the names readable.');
}

async function concealAfterLooks(isByDeviceCode: boolean, { json }: Globals): Promise<void> {
  const tenants = await putBackNames({
    env: process.env,
    flow: isByDeviceCode ? 'device-code' : 'browser',
    say: (sentence) => console.error(sentence),
  });
  if (json) printJson({ tenants, settled: tenants.length > 0 ? 'put-back' : 'nothing-left' });
  else console.log(tenants.length > 0 ? 'The names are concealed again.' : 'No look left the names readable.');
}
