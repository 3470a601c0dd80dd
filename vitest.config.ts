import { defineConfig } from 'vitest/config';

// Unit tests stand next to what they test and take about a minute; `e2e/` runs real engines, git and a browser for several.

// What a test reads of a command's output is the same whether a terminal runs it or a pipeline.
const env = { NO_COLOR: '1' };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Modules are loaded once per worker, not once per file: no test changes one. Servers of their own make them wait.
          isolate: false,
          maxWorkers: 3,
          execArgv: ['--max-semi-space-size=64'],
          env,
          include: ['**/*.test.ts'],
          exclude: ['e2e/**', 'node_modules/**', 'out/**'],
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          env,
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['e2e/pulumi-is-there.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          // Two at a time: each starts engines and servers of its own, and waits for them half of the time.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
