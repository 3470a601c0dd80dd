// Guides that only say what is so: docs/guides/policy.md, docs/guides/privacy.md, docs/guides/works-council.md and
// docs/guides/microsofts-clocks.md.
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

export const privacy: GuideLines = {
  guide: 'privacy.md',
  run: [],
  left: [
    {
      line: /^dormant why contoso 6f6ad3a2$/,
      because: 'nobody there has such an id',
      heldBy:
        'e2e/files-by-id.long.test.ts: files are named by id from the day that the policy says so, none is renamed, and a person goes the whole line',
    },
  ],
};

export const worksCouncil: GuideLines = { guide: 'works-council.md', run: [], left: [] };

export const microsoftsClocks: GuideLines = {
  guide: 'microsofts-clocks.md',
  run: [],
  left: [{ line: /^Set-SPOTenant -/, because: 'SharePoint Online’s PowerShell is not here', heldBy: 'tables' }],
};
