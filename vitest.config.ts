import { defineConfig } from 'vitest/config';

// Unit tests stand next to what they test and take half a minute together; `e2e/` runs real engines, git and a browser for minutes.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: ['e2e/**', 'node_modules/**', 'out/**'],
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['e2e/pulumi-is-there.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // One at a time: each starts engines and servers of its own on a machine that may have two cores.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
