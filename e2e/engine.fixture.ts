// For tests of the engine alone: a stack in a folder, whose provider does what SLOW_MS and REFUSED in its environment say.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PulumiFn, Stack } from '@pulumi/pulumi/automation/index.js';
import { ensurePulumi } from '../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { createStack } from '../stacks/engine/workspace.ts';
import { declareAccount } from '../stacks/provider/declare.ts';

const slow = fileURLToPath(new URL('slow-provider', import.meta.url));

/** Opened anew, as by a further run, where it is there already. */
export async function aStackOf(
  folder: string,
  program: PulumiFn,
  environment: Record<string, string> = {},
): Promise<Stack> {
  await mkdir(join(folder, 'state'), { recursive: true });
  return createStack({
    stack: 'contoso',
    pulumiCommand: await ensurePulumi({ env: process.env }),
    backendUrl: `file://${join(folder, 'state')}`,
    workDir: join(folder, 'engine'),
    env: process.env,
    environment,
    program,
    provider: slow,
  });
}

export function declarePerson(name: string, accountEnabled: boolean): void {
  declareAccount(name, {
    account: {
      id: `id-of-${name}`,
      userPrincipalName: `${name}@contoso.com`,
      displayName: name,
      department: null,
      onPremisesSyncEnabled: false,
    },
    stage: accountEnabled ? 'notify' : 'disable',
    desired: { accountEnabled, mailbox: 'unchanged', licenses: ['SPE_E3'] },
    restore: { accountEnabled: true, mailbox: 'user', licenses: [] },
    evidence: { auditedOn: '2026-12-07', signIn: null },
  });
}
