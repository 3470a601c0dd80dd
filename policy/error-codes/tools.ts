import type { ErrorMeaning } from './meaning.ts';

/** What only those meet who run the demonstration or change Dormant itself. */
export const toolCodes = {
  'pulumi-cli-missing': {
    when: 'The verified Pulumi CLI is not on this machine, and can be neither downloaded nor built.',
    remedy:
      'Let the machine reach github.com or get.pulumi.com, or install [Go](https://go.dev/dl/) to build it, or set @pulumi/pulumi, stacks/engine/pulumi-cli/go.mod and checksums.json (`npm run pulumi-checksums`) to the same version; then run the same command again. One that is installed in another way is not run.',
  },
  'pulumi-cli-build': {
    when: 'Building the Pulumi CLI failed, or what was built does not run.',
    remedy: 'Correct what Go names, or delete the folder that the message names, and run the same command again.',
  },
  'no-chromium': {
    when: 'The machine has no Chromium to take pictures with.',
    remedy: 'Install it, or name one in `CHROMIUM_PATH`.',
  },
  'emulator-missing': {
    when: 'The embedded tenant is not installed: it is a package of its own, which no job has that reaches a real one. Or none runs for this shell.',
    remedy:
      'Install `@dormant-m365/emulator` as a development dependency, in a terminal by saying yes to `dormant emulator`; in Dormant’s own repository run `npm ci` without `--omit=dev`. For a shell: `eval "$(dormant emulator --env)"`.',
  },
  usage: {
    when: 'A tool was started without what it needs, or outside of a job.',
    remedy: 'Give what the message names.',
  },
  unpinned: {
    when: 'A workflow uses an action that is not pinned by a commit.',
    remedy: 'Pin it by its full commit SHA, with the version beside it as a comment.',
  },
  workflows: {
    when: 'A linter found problems in the workflows; it has printed them.',
    remedy: 'Correct them and run the check again.',
  },
  scorecard: {
    when: 'OpenSSF Scorecard gave a check less than its floor, or no score; it has printed which.',
    remedy: 'Correct what it names, or write the reason for a lower floor beside it, and run the check again.',
  },
  linter: {
    when: 'A linter of the workflows, or OpenSSF Scorecard, could not be installed.',
    remedy: 'Install what the message names, and run the check again.',
  },
} satisfies Record<string, ErrorMeaning>;
