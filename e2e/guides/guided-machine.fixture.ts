// The machine that a guide is followed on: the packages of this build in a registry, and the reader at a terminal.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll } from 'vitest';
import { providePackages } from '../package/installed-package.fixture.ts';
import { type GuideReader, startReader } from './guide-reader.fixture.ts';
import { type PackageRegistry, startRegistry } from './registry.fixture.ts';

export interface GuidedMachine {
  /** On the Node of these tests, and with the programs of these folders before all others. */
  start(...path: string[]): Promise<GuideReader>;
}

/**
 * Once for all tests of a file. A home is empty, but what npm and Dormant download once comes from this machine's caches, and
 * `@dormant-m365/…` from the registry of this build.
 */
export function useGuidedMachine(keep: (machine: GuidedMachine) => void): void {
  const readers: GuideReader[] = [];
  let registry: PackageRegistry | null = null;
  beforeAll(async () => {
    const packed = await providePackages();
    registry = await startRegistry([packed.dormant, packed.emulator, packed.create]);
    const { npmrc } = registry;
    const { stdout: npmCache } = await execa('npm', ['config', 'get', 'cache']);
    const env = {
      npm_config_cache: npmCache,
      npm_config_prefer_offline: 'true',
      XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
    };
    keep({
      async start(...path) {
        const reader = await startReader({ npmrc, env, path });
        readers.push(reader);
        return reader;
      },
    });
  });
  afterAll(async () => {
    for (const reader of readers) await reader.leave();
    registry?.close();
  });
}
