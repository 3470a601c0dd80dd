import { execa } from 'execa';
import { expect, test, vi } from 'vitest';
import { parseSoakOptions } from './soak-options.ts';

test('a soak without options has the seed of its moment', () => {
  expect(parseSoakOptions([], 7)).toEqual({
    ...{ minutes: 10, seed: 7, stories: 1000, atOnce: 4, size: 0.5, weeks: 5, verbose: false },
  });
});

test('a soak says what its options are for', async () => {
  const { exitCode, stdout } = await runSoak('--help');
  expect(exitCode).toBe(0);
  for (const option of ['--minutes', '--seed', '--stories', '--at-once', '--size', '--weeks', '--verbose'])
    expect(stdout).toContain(option);
});

test('a soak refuses an option that it does not know, and tells no story', async () => {
  const { exitCode, stdout, stderr } = await runSoak('--week', '5');
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain('unknown option');
});

test.each([
  ['--weeks', 'five', 'a whole number from 1 on'],
  ['--stories', '0', 'a whole number from 1 on'],
  ['--seed', '-1', 'a whole number from 0 on'],
  ['--size', '1.5', 'a number from 0 to 1'],
  ['--minutes', '0', 'a number above 0'],
])('a soak refuses %s %s with a sentence', (option, value, sentence) => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(() => parseSoakOptions([option, value], 7)).toThrow(expect.objectContaining({ exitCode: 2 }));
  expect(() => parseSoakOptions([option, value], 7)).toThrow(sentence);
});

function runSoak(...args: string[]) {
  return execa('node', [`${import.meta.dirname}/soak.ts`, ...args], { reject: false });
}
