// For tests of `dormant events`: a repository with one tenant, and what an audit and applies would have left in out/contoso/.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import type { Tenant } from '../../policy/schemas/tenant.ts';
import { exampleDocument, exampleLines, exampleSource, exampleSteps } from '../../tools/reference/event-examples.ts';
import type { SecurityEvent } from './event-schema.ts';

const program = new URL('../dormant.ts', import.meta.url).pathname;

const tenant: Tenant = {
  tenantId: exampleSource.tenantId,
  cloud: 'global',
  audit: { clientId: '1c1d9f70-2f64-4f0d-8f0e-6a2f6a4f8b33' },
  apply: { clientId: exampleSource.applyClientId },
  notifications: { sender: exampleSource.sender, replyTo: 'it@contoso.com' },
  timeZone: 'Europe/Berlin',
  currency: 'USD',
};

export interface RecordedStack {
  folder: string;
  /** A path below out/contoso/. */
  locate(name: string): string;
  write(name: string, text: string): Promise<void>;
  /** `dormant events contoso`, with what comes after it. */
  run(args?: readonly string[], env?: NodeJS.ProcessEnv): Promise<{ exitCode: number; stdout: string; stderr: string }>;
}

export async function aRecordedStack(): Promise<RecordedStack> {
  const folder = await mkdtemp(join(tmpdir(), 'recorded-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'stacks/contoso'), { recursive: true });
  await writeFile(join(folder, 'stacks/contoso/tenant.yaml'), stringify(tenant));
  const locate = (name: string) => join(folder, 'out/contoso', name);
  return {
    folder,
    locate,
    async write(name, text) {
      await mkdir(dirname(locate(name)), { recursive: true });
      await writeFile(locate(name), text);
    },
    async run(args = [], env = {}) {
      const { exitCode, stdout, stderr } = await execa(
        process.execPath,
        [program, 'events', 'contoso', '--repo', folder, ...args],
        { env: { GITHUB_ACTIONS: undefined, NO_COLOR: '1', ...env }, reject: false },
      );
      return { exitCode: exitCode ?? -1, stdout, stderr };
    },
  };
}

/** One of each step. */
export const aLog = (): string => toLines(Object.values(exampleSteps).flatMap((entry) => exampleLines(entry)));

/** As appendSyncedLine writes them. */
export function toLines(lines: readonly object[]): string {
  return lines.map((line) => `\n${JSON.stringify(line)}`).join('');
}

export const aRecord = (): string => JSON.stringify(exampleDocument, null, 2);

export function parseEvents(stdout: string): SecurityEvent[] {
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
