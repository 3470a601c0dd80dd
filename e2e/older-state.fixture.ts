// For tests of upgrades: what an apply of this version has written into the state, as an earlier version wrote it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { accountType, unpackInputs, unpackOutputs } from '../stacks/account/account-state.ts';
import { migrateResource } from '../stacks/engine/migrate-state.ts';
import { readNotedState } from '../stacks/engine/read-noted-state.ts';
import type { StateResource } from '../stacks/provider/resource.ts';
import { findAppliedRecord, signingRecordType } from '../stacks/signing-record-state.ts';
import { getAccountParts } from './kill-apply.fixture.ts';
import { aMergedRepository, stack } from './merged-repository.fixture.ts';

/** Values in place of texts (before decision 18), no note of what was taken, and the record of applies without a format. */
export async function writeAsEarlier(path: string): Promise<void> {
  const state = JSON.parse(await readFile(path, 'utf8'));
  const { resources } = state.checkpoint.latest;
  state.checkpoint.latest.resources = resources.map(toEarlierFormat);
  await writeFile(path, JSON.stringify(state));
}

function toEarlierFormat(resource: StateResource): StateResource {
  const { type, inputs, outputs } = resource;
  if (type === accountType) {
    const { restore: _, ...earlier } = unpackOutputs(outputs);
    return { ...resource, inputs: unpackInputs(inputs), outputs: { ...earlier } };
  }
  if (type !== signingRecordType) return resource;
  const { format: _, begun: __, ...record } = findAppliedRecord([resource]) ?? {};
  return { ...resource, inputs: { notes: '{}' }, outputs: { notes: JSON.stringify(record) } };
}

/** How many resources of the state are in an earlier format. Throws where the text is not a whole state. */
export async function countEarlier(path: string): Promise<number> {
  const { checkpoint } = JSON.parse(await readFile(path, 'utf8'));
  const resources: StateResource[] = checkpoint.latest.resources;
  return resources.filter((resource) => migrateResource(resource) !== resource).length;
}

const stages = { nora: 'notify', rita: 'review', dan: 'disable', lee: 'delicense', kim: 'keep' } as const;
export const kinds = Object.keys(stages);

/** People in every stage, applied, in a state that an earlier version has written. */
export async function anEarlierRepository() {
  const repository = await aMergedRepository(kinds);
  for (const [kind, stage] of Object.entries(stages)) await repository.merge(stage, [kind]);
  await repository.apply();
  const path = join(repository.folder, 'out', stack, 'state/.pulumi/stacks/dormant', `${stack}.json`);
  await writeAsEarlier(path);
  expect(await countEarlier(path)).toBe(kinds.length + 1);
  const parts = kinds.map((kind) => getAccountParts(repository, kind));
  const known = await readNotedState({ ...(await repository.buildOptions()), stack });
  return { repository, path, parts, known };
}
