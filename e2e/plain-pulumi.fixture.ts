// For tests: the Pulumi CLI as a person runs it in a folder of this repository, with the Node of the PATH.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { addDays, type Day } from '../policy/evidence.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import { ensurePulumi } from '../stacks/engine/pulumi-cli/pulumi-cli.ts';
import type { MergedRepository } from './merged-repository.fixture.ts';

/** Plain pulumi has no --today, so this is the real day. */
export const today = new Date().toISOString().slice(0, 10);

export function setAuditedToday(file: AccountFile): AccountFile {
  return setAuditDay(file, today);
}

/** So that what is audited today may come a stage further. */
export function setAuditedLastWeek(file: AccountFile): AccountFile {
  return setAuditDay(file, addDays(today, -7));
}

function setAuditDay(file: AccountFile, day: Day): AccountFile {
  return { ...file, evidence: { ...file.evidence, auditedOn: day, reportRefreshDate: day } };
}

interface PlainRun {
  cwd?: string;
  reject?: boolean;
  /** More of the environment. */
  more?: Record<string, string>;
}

/** `nodeFolder`: the folder of `node` in the PATH. The language host is Pulumi's own where it is installed. */
export async function createPlainPulumi({ folder, environment }: MergedRepository, nodeFolder: string) {
  const { command } = await ensurePulumi({ env: process.env });
  const state = join(folder, 'out', 'plain');
  await mkdir(state, { recursive: true });
  const path = [dirname(command), nodeFolder, process.env.PATH ?? ''].join(delimiter);
  const env = {
    ...environment,
    PATH: addLanguageHost(path),
    DORMANT_NODE: process.execPath,
    DORMANT_REPOSITORY: folder,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: '',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
  };
  const root = join(import.meta.dirname, '..');
  return {
    backendUrl: env.PULUMI_BACKEND_URL,
    run: (args: string[], { cwd = root, reject = true, more = {} }: PlainRun = {}) =>
      execa('pulumi', [...args, '--non-interactive'], { cwd, env: { ...env, ...more }, reject }),
  };
}

/** Pulumi's own language host where the PATH has it, else the stand-in. */
export function addLanguageHost(path: string): string {
  const isThere = path.split(delimiter).some((place) => existsSync(join(place, 'pulumi-language-nodejs')));
  return isThere ? path : [join(import.meta.dirname, 'language-host'), path].join(delimiter);
}
