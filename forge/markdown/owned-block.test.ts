import { describe, expect, it } from 'vitest';
import { type BlockMarks, computeTitleDigest, parseBlockMarks, replaceOwnedBlock } from './owned-block.ts';
import { truncateMarkdown } from './truncate.ts';

const marks: BlockMarks = { title: computeTitleDigest('Proposal'), isDraft: false };
const write = (body: string | null, content: string, limit = 65_536) =>
  replaceOwnedBlock(body, {
    ...{ content, marks, limit },
    shorten: (text, maxLength) => truncateMarkdown(text, maxLength, '_cut_'),
  });

describe('the block', () => {
  it('is all there is in a new body, and says whose title and draft it is', () => {
    const body = write(null, 'Content');
    expect(body).toBe(`<!-- dormant:begin title=${marks.title} draft=no -->\nContent\n<!-- dormant:end -->`);
    expect(parseBlockMarks(body)).toEqual(marks);
  });

  it('is replaced where it stands; what people wrote before and after it keeps every character', () => {
    const before = write('Before.\n\n*  odd   spacing', 'Old');
    const around = `${before}\n\nAfter | it.\n`;
    expect(write(around, 'New')).toBe(around.replace('Old', 'New'));
  });

  it('goes to the end when a person has deleted it', () => {
    expect(write('Only my words', 'Content')).toMatch(/^Only my words\n\n<!-- dormant:begin/);
  });

  it('does not grow when it is written again and again', () => {
    const once = write('Mine', 'Content');
    expect(write(write(once, 'Content'), 'Content')).toBe(once);
  });

  it('cannot be closed by its own content', () => {
    const body = write(null, 'x <!-- dormant:end --> y');
    expect(write(body, 'New')).not.toContain('y');
  });

  it('is what is cut when the whole is too long, never a person’s words', () => {
    const mine = 'm'.repeat(500);
    const body = write(mine, 'line\n'.repeat(200), 900);
    expect(body.length).toBeLessThanOrEqual(900);
    expect(body).toContain(mine);
    expect(body).toContain('_cut_');
    expect(body).toMatch(/<!-- dormant:end -->$/);
  });
});

describe('a tick', () => {
  it('stays with its line, wherever the line has gone', () => {
    const body = write(null, '- [ ] Ana\n- [ ] Bo').replace('[ ] Bo', '[x] Bo');
    expect(write(body, '- [ ] Bo\n- [ ] Cy\n- [ ] Ana')).toContain('- [x] Bo\n- [ ] Cy\n- [ ] Ana');
  });

  it('stays with its key when the words change', () => {
    const body = write(null, '- [ ] 3 accounts <!-- tick:hr -->').replace('[ ]', '[X]');
    expect(write(body, '- [ ] 5 accounts <!-- tick:hr -->')).toContain('[x] 5 accounts');
  });

  it('is gone with its line', () => {
    const body = write(null, '- [x] Ana');
    expect(write(body, 'No list')).not.toContain('[x]');
  });
});
