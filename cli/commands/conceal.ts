// dormant conceal: restores displayConcealedNames if a killed audit left the names readable. Safe to run at any time.
import { Command } from 'commander';
import { concealNames } from '../../audit/collect/concealment.ts';
import { locateJournal } from '../../audit/collect/concealment-journal.ts';
import { loadStack } from '../../policy/files/stack-files.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { openAuditedTenant } from '../audit/open-tenant.ts';
import { getGlobals, printJson } from '../globals.ts';
import { createPrintingLog } from '../print-request.ts';

export function createConcealCommand(): Command {
  return new Command('conceal')
    .description('Conceal the names in usage reports again if an audit that was killed left them readable.')
    .argument('<stack>', 'a folder of stacks/')
    .action(async (stack: string, _options: object, command: Command) => {
      const { repo, json, verbose } = getGlobals(command);
      const tenant = (await loadStack(openWorkingTree(repo), stack)).tenant.value;
      const settled = await concealNames({
        ...openAuditedTenant(tenant, { env: process.env, log: createPrintingLog({ verbose }) }),
        place: locateJournal(repo, stack, tenant.tenantId),
        concealsAlways: tenant.reportNames !== 'shown',
      });
      if (json) printJson({ stack, settled });
      else console.log(settled === 'put-back' ? 'The names are concealed again.' : 'No audit left the names readable.');
    });
}
