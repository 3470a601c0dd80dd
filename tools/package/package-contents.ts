// What is in each package that this repository publishes. A new command or template is one more line.

/** Paths are below the package's own folder, with slashes. */
export interface PackageContents {
  /** Its folder in this repository; empty: the root. */
  folder: string;
  /** TypeScript files that somebody starts or imports: what they import comes with them, as JavaScript with types. */
  entries: readonly string[];
  /** Folders and files that are taken as they are, but for their TypeScript. */
  assets: readonly string[];
  /** Of the assets, what only developers read. */
  omitted: readonly RegExp[];
}

export const packages = {
  dormant: {
    folder: '',
    entries: [
      'cli/bin.ts',
      'cli/azure-token.ts',
      'cli/carry-out-upgrade.ts',
      'cli/dispatch-workflow.ts',
      'cli/install-pulumi.ts',
      'cli/preview-upgrade.ts',
      'cli/print-import-file.ts',
      'cli/require-private.ts',
      'cli/warn-of-old-audit.ts',
      'stacks/index.ts',
      'stacks/provider/host.ts',
      'bootstrap/index.ts',
    ],
    assets: [
      ...['README.md', 'CHANGELOG.md', 'SECURITY.md', 'CONTRIBUTING.md', 'docs'],
      ...['.github', 'audit', 'bootstrap', 'cli', 'policy', 'stacks/engine', 'stacks/provider'],
    ],
    omitted: [
      /^cli\/create\//,
      /\/tsconfig\.json$/,
      /^\.github\/(workflows\/(ci|release)\.yml|CODEOWNERS|dependabot\.yml)$/,
    ],
  },
  emulator: {
    folder: 'emulator',
    entries: ['main.ts', 'index.ts', 'exchange/index.ts', 'github/index.ts', 'graph/calls/index.ts', 'tenant/index.ts'],
    assets: ['README.md', 'REFERENCE.md', 'exchange', 'graph', 'odata', 'page', 'tenant'],
    omitted: [/^compatibility\//],
  },
  create: { folder: 'cli/create', entries: ['main.ts'], assets: ['README.md'], omitted: [] },
} as const satisfies Record<string, PackageContents>;

export type PackageName = keyof typeof packages;
