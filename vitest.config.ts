import { defineConfig } from 'vitest/config';

// Unit tests stand next to what they test and stay under 30 s together; `e2e/` runs real engines and takes minutes.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['**/*.test.ts'], exclude: ['e2e/**', 'node_modules/**', 'out/**'] } },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
