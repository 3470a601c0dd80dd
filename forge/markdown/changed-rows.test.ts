import { describe, expect, it } from 'vitest';
import { describeChangedRows } from './changed-rows.ts';
import { escapeMarkdown, formatCode, renderTableHead, renderTableRow } from './escape.ts';

const head = renderTableHead([
  ['Person', 'left'],
  ['What', 'left'],
]);
const comment = (people: Record<string, string>, heading = '### Disabled') =>
  `${heading}\n\n${head}\n${Object.entries(people)
    .map(([name, what]) =>
      renderTableRow([`**${escapeMarkdown(name)}**<br>${formatCode(`${name}@contoso.com`)}`, what]),
    )
    .join('\n')}\n`;

describe('news', () => {
  it('names who is new, gone and changed', () => {
    const before = comment({ Ana: 'disabled', Bo: 'disabled', Cy: 'disabled' });
    const after = comment({ Ana: 'disabled', Bo: 'refused', Dee: 'disabled' });
    expect(describeChangedRows(before, after)).toEqual([
      '1 is new: Dee.',
      '1 is no longer listed: Cy.',
      '1 has changed: Bo.',
    ]);
  });

  it('is none when the tables say the same in another order and with other words around them', () => {
    const before = comment({ Ana: 'x', Bo: 'y' });
    const after = `At the top.\n\n${comment({ Bo: 'y', Ana: 'x' })}`;
    expect(describeChangedRows(before, after)).toEqual([]);
  });

  it('sees a person who moves from one table to another', () => {
    expect(describeChangedRows(comment({ Ana: 'x' }), comment({ Ana: 'x' }, '### Refused'))).toEqual([
      '1 has changed: Ana.',
    ]);
  });

  it('gives names back as they are, for the code that escapes them next', () => {
    expect(describeChangedRows('', comment({ 'O|Neil <b>_x_</b>': 'x' }))).toEqual(['1 is new: O|Neil <b>_x_</b>.']);
  });

  it('counts many and names ten', () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`P${n}`, 'x']));
    expect(describeChangedRows('', comment(many))).toEqual([
      '12 are new: P0, P1, P2, P3, P4, P5, P6, P7, P8, P9 and 2 more.',
    ]);
  });
});
