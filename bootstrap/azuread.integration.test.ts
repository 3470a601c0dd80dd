// The program with the real engine and the real azuread provider, if that plugin is installed. Takes minutes, because the
// provider waits until Entra is consistent.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Emulator, startEmulator } from '@dormant-m365/emulator';
import { LocalWorkspace, type Stack } from '@pulumi/pulumi/automation/index.js';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { addLanguageHost } from '../e2e/plain-pulumi.fixture.ts';
import { ensurePulumi } from '../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { azureadPlugin } from './azuread-plugin.fixture.ts';
import { bootstrapGraph } from './emulated-provider.fixture.ts';
import { listAppRoles, pipelineIdentities } from './grants.ts';
import { buildImportFile } from './import-file.ts';
import { declareBootstrap } from './program.ts';
import { parseSettings } from './settings.ts';
import { completeConfig, configReader } from './tenant.fixture.ts';

const minutes = 60_000;

describe.skipIf(!azureadPlugin.isInstalled)(azureadPlugin.titled('with the azuread provider'), () => {
  const settings = parseSettings('contoso', configReader({ ...completeConfig, quarantine: 'true' }), undefined);
  let emulator: Emulator;
  let distrust: () => void;
  beforeAll(async () => {
    emulator = await startEmulator({ users: 0, switches: { quotaSpeed: 60 } });
    distrust = emulator.trust();
  }, 10 * minutes);
  afterAll(async () => {
    distrust();
    await emulator.close();
  });

  /** With a new, empty state. */
  async function aStack(): Promise<Stack> {
    const folder = await mkdtemp(join(tmpdir(), 'dormant-bootstrap-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return LocalWorkspace.createOrSelectStack(
      {
        stackName: 'contoso',
        projectName: 'dormant-bootstrap',
        program: async () => ({ ...(await declareBootstrap(settings)) }),
      },
      {
        workDir: folder,
        pulumiCommand: await ensurePulumi({ env: process.env }),
        envVars: environment(emulator, folder),
      },
    );
  }

  const everybody = () => {
    const { applications, servicePrincipals, appRoleGrants } = emulator.tenant.directory;
    return [...applications.keys(), ...servicePrincipals.keys(), ...appRoleGrants.keys()].sort();
  };

  test(
    'makes what the table says, a second time nothing, and takes back only what it made',
    async () => {
      const stack = await aStack();
      const before = everybody();
      const first = await stack.up();
      expect(first.outputs.tenantId?.value).toBe(emulator.tenant.id);
      for (const identity of pipelineIdentities)
        expect(grantsOf(emulator, String(first.outputs[`${identity}ClientId`]?.value))).toHaveLength(
          listAppRoles(identity, settings.chosen).length,
        );

      const second = await stack.up();
      expect(Object.keys(second.summary.resourceChanges ?? {})).toEqual(['same']);

      await stack.destroy();
      expect(everybody()).toEqual(before);
    },
    20 * minutes,
  );

  test(
    'a lost state: a second pair is refused, and after the import everything is known, and nothing is made again',
    async () => {
      const before = everybody();
      await (await aStack()).up();
      const made = everybody();
      const stack = await aStack();
      await expect(stack.up()).rejects.toThrow(/An existing .*was found/);
      const { resources } = await buildImportFile(settings, bootstrapGraph(emulator));
      await stack.import({ resources, protect: false, generateCode: false });
      const { summary } = await stack.up();
      expect(summary.resourceChanges).not.toHaveProperty('create');
      expect(everybody()).toEqual(made);
      await stack.destroy();
      expect(everybody()).toEqual(before);
    },
    20 * minutes,
  );
});

function environment(emulator: Emulator, folder: string): Record<string, string> {
  const { clientId = '', clientSecret = '' } = emulator.identities.bootstrap ?? {};
  return {
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: '',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    ARM_METADATA_HOSTNAME: `localhost:${emulator.port}`,
    ARM_TENANT_ID: emulator.tenant.id,
    ARM_CLIENT_ID: clientId,
    ARM_CLIENT_SECRET: clientSecret,
    SSL_CERT_FILE: emulator.caFile,
    // An import requires it, although it runs no program.
    PATH: [azureadPlugin.folder, addLanguageHost(process.env.PATH ?? '')].join(delimiter),
    DORMANT_NODE: process.execPath,
  };
}

function grantsOf({ tenant }: Emulator, clientId: string) {
  const { servicePrincipals, appRoleGrants } = tenant.directory;
  const principal = [...servicePrincipals.values()].find(({ appId }) => appId === clientId);
  return [...appRoleGrants.values()].filter(({ principalId }) => principalId === principal?.id);
}
