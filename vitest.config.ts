// How vitest runs: `house` looks at the repository itself, `unit` at what the code does.
// Site tests (tests/site) are Playwright's and are left out here. Run by scripts/test.ts.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // On two cores the default is one: but many tests wait for processes and connections.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { test: { name: 'house', include: ['tests/house/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/house/**', 'tests/site/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
