// Where `licence` stays in code, because something that is stored or was sent to people carries it.
import type { KeptSpelling } from './names.ts';

export const keptSpellings: readonly KeptSpelling[] = [
  {
    name: 'licence-goes-with-block',
    file: null,
    because: 'a code of refused accounts in apply.json, which auditors keep',
  },
  {
    name: 'licence-not-given',
    file: null,
    because: 'a code of failed accounts in apply.json, which auditors keep',
  },
  {
    name: 'licence',
    file: 'start.js',
    because: 'the filter of report.html: `#licence=` is in links that people have sent',
  },
  { name: 'licence', file: 'filter.js', because: 'the same filter' },
  {
    name: 'licences',
    file: 'audit.fixture.ts',
    because: 'audit.json counts requests by source, and `licences` is one of the sources',
  },
];
