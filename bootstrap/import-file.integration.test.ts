import { type Emulator, startEmulator } from '@dormant-m365/emulator';
import pulumi from '@pulumi/pulumi';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bootstrapGraph, graphAs, provideInto } from './emulated-provider.fixture.ts';
import { pipelineIdentities } from './grants.ts';
import { buildImportFile } from './import-file.ts';
import { declareBootstrap } from './program.ts';
import { parseSettings } from './settings.ts';
import { completeConfig, configReader } from './tenant.fixture.ts';

const settings = parseSettings('contoso', configReader(completeConfig), undefined);
let emulator: Emulator;
let distrust: () => void;

beforeEach(async () => {
  emulator = await startEmulator({ users: 0 });
  distrust = emulator.trust();
});
afterEach(async () => {
  distrust();
  await emulator.close();
});

/** What the program makes in the tenant, as the engine knows it. */
async function made() {
  const resources = await provideInto(emulator);
  await declareBootstrap(settings);
  await pulumi.runtime.disconnect();
  return resources;
}

test('a lost state of the bootstrap: the file has every resource under the name, the id and the parent that it had', async () => {
  const resources = await made();
  const { resources: found } = await buildImportFile(settings, bootstrapGraph(emulator));
  const listed = found.map(({ type, logicalName, id = '' }) => ({ type, name: logicalName, id }));
  const sorted = (list: readonly { type: string; name: string; id: string }[]) =>
    list.map(({ type, name, id }) => `${type} ${name} ${id}`).sort();
  expect(sorted(listed)).toEqual(sorted(resources));
  expect(found.length).toBeGreaterThan(30);
  // Parents are found by this name, so it has to be unique: otherwise Pulumi says "ambiguous parent".
  expect(new Set(found.map(({ name }) => name)).size).toBe(found.length);
  const components = found.filter(({ component }) => component).map(({ name }) => name);
  for (const { component, parent } of found.filter((each) => !each.component))
    expect([component, components.includes(parent ?? '')]).toEqual([undefined, true]);
});

test('a run that was killed after the first application: the file has what is there', async () => {
  const post = await graphAs(emulator, 'bootstrap');
  const { id } = await post('POST', '/applications', { displayName: 'dormant-audit-contoso' });
  expect(await buildImportFile(settings, bootstrapGraph(emulator))).toEqual({
    resources: [
      expect.objectContaining({ logicalName: 'audit', component: true }),
      expect.objectContaining({ logicalName: 'audit', id: `/applications/${id}` }),
    ],
  });
});

test('a tenant that has nothing of it: the file is empty', async () => {
  expect(await buildImportFile(settings, bootstrapGraph(emulator))).toEqual({ resources: [] });
});

test.each(pipelineIdentities)(
  'two applications of the name of the %s are a sentence with the ids of both',
  async (identity) => {
    const post = await graphAs(emulator, 'bootstrap');
    const displayName = `dormant-${identity}-contoso`;
    const ids = [
      await post('POST', '/applications', { displayName }),
      await post('POST', '/applications', { displayName }),
    ];
    await expect(buildImportFile(settings, bootstrapGraph(emulator))).rejects.toMatchObject({
      code: 'bootstrap-ambiguous',
      message: expect.stringContaining(ids.map(({ id }) => id).join(', ')),
    });
  },
);
