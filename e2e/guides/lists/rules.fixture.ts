// Guides that only say what is so: docs/guides/policy.md and docs/guides/microsofts-clocks.md.
import type { GuideLines } from '../guide-lines.fixture.ts';

export const policy: GuideLines = { guide: 'policy.md', run: [], left: [] };

export const microsoftsClocks: GuideLines = {
  guide: 'microsofts-clocks.md',
  run: [],
  left: [{ line: /^Set-SPOTenant -/, because: 'SharePoint Online’s PowerShell is not here', heldBy: 'tables' }],
};
