// The engine's own time for as many empty resources, whose provider answers at once and sends no requests.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PulumiCommand } from '@pulumi/pulumi/automation/index.js';
import { CustomResource } from '@pulumi/pulumi/index.js';
import { createStack, maxParallelOperations } from '../../stacks/engine/workspace.ts';
import { runUntraced } from '../../stacks/provider/declare.ts';
import { runWithoutCheckpoints } from './without-checkpoints.ts';

interface EngineAlone {
  /** Changes nothing. */
  preview(): Promise<unknown>;
  /** Changes nothing but `changed` of them. */
  update(changed: number): Promise<unknown>;
  close(): Promise<void>;
}

export async function startEngineAlone(resources: number, pulumiCommand: PulumiCommand): Promise<EngineAlone> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-bench-'));
  await mkdir(join(folder, 'state'));
  let moved = 0;
  const stack = await createStack({
    stack: 'bench',
    env: process.env,
    pulumiCommand,
    backendUrl: `file://${join(folder, 'state')}`,
    workDir: join(folder, 'engine'),
    provider: fileURLToPath(new URL('../../e2e/slow-provider', import.meta.url)),
    program: async () => {
      for (let at = 0; at < resources; at += 1) declareEmpty(`empty-${at}`, at < moved ? { moved } : {});
    },
  });
  await runWithoutCheckpoints(() => stack.up({ parallel: maxParallelOperations }));
  return {
    preview: () => stack.preview({ parallel: maxParallelOperations }),
    update(changed) {
      moved = changed;
      return stack.up({ parallel: maxParallelOperations });
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

class Empty extends CustomResource {
  constructor(name: string, inputs: { moved?: number }) {
    super('m365:index:Empty', name, inputs);
  }
}

function declareEmpty(name: string, inputs: { moved?: number }): void {
  runUntraced(() => new Empty(name, inputs));
}
