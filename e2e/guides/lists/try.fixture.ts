// docs/guides/try.md is run as it stands, and no line of it is another one here.
import type { GuideLines } from '../guide-lines.fixture.ts';

export const tryIt: GuideLines = { guide: 'try.md', run: [{ line: /^/ }], left: [] };
