// Guides that only say what is so: docs/guides/policy.md and docs/guides/microsofts-clocks.md.
import type { GuideLines } from '../guide-lines.fixture.ts';

export const policy: GuideLines = {
  guide: 'policy.md',
  run: [],
  left: [
    {
      line: /^dormant init --look$/,
      because: 'there is no look in that repository',
      heldBy:
        'cli/look/init-from-look.integration.test.ts: no group is named without a word: then by its id, and it is offered no more',
    },
  ],
};

export const microsoftsClocks: GuideLines = {
  guide: 'microsofts-clocks.md',
  run: [],
  left: [{ line: /^Set-SPOTenant -/, because: 'SharePoint Online’s PowerShell is not here', heldBy: 'tables' }],
};
