import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatCast, parseCast, shortenCast } from './cast.ts';
import { lines, renderLook, size } from './look-recording.ts';

const pictures = join(import.meta.dirname, '../../docs/pictures');
const file = readFileSync(join(pictures, 'look.cast'), 'utf8');
const svg = readFileSync(join(pictures, 'look.svg'), 'utf8');
const cast = parseCast(file);
const shown = cast.outputs.map(({ text }) => text).join('');

test('the picture is what the committed recording makes, byte for byte', async () => {
  expect(await renderLook(file)).toBe(svg);
  expect(formatCast(shortenCast(cast))).toBe(file);
});

test('it moves by itself: nothing of it runs, and nothing is asked of anybody', () => {
  expect(svg).not.toMatch(
    /<(?:script|foreignObject|image|a|use|set|animate)\b|\son\w+=|href|url\(|@import|javascript:/i,
  );
  expect(svg.match(/https?:[^"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
  expect(svg.length).toBeLessThan(200_000);
});

test('whoever asks for less motion sees the last screen', () => {
  const [still = '', moving = ''] = svg.split('@media (prefers-reduced-motion:no-preference){');
  expect([still.includes('animation'), moving.includes('animation')]).toEqual([false, true]);
  expect(still).toContain('.a{visibility:hidden}.z{visibility:visible}');
  const last = [...svg.matchAll(/<g(?: id="[^"]*" class="a z")?>(.*)<\/g>/g)].map(([, text]) => text).join('');
  for (const words of ['What was seen of Contoso', 'look-contoso/inactive-users.csv', 'Display name,Department'])
    expect(last).toContain(words);
  expect(last).not.toContain('Signed in as');
});

test('it is short: no wait is longer than two seconds, and all of it takes 15 to 25', () => {
  const waits = cast.outputs.map(({ seconds }, index) => seconds - (cast.outputs[index - 1]?.seconds ?? 0));
  expect(Math.max(...waits)).toBeLessThan(2.02);
  const [, seconds = ''] = /animation:([\d.]+)s step-end infinite/.exec(svg) ?? [];
  expect(Number(seconds)).toBeGreaterThan(15);
  expect(Number(seconds)).toBeLessThan(25);
});

test('it shows the command of the README, and neither a port nor a folder nor the time of a machine', () => {
  const [command = ''] = lines;
  expect(readFileSync(join(pictures, '../../README.md'), 'utf8')).toContain(`\n${command}\n`);
  expect(shown.replace(/[\r\n]/g, '')).toContain(command);
  expect({ columns: cast.columns, rows: cast.rows }).toEqual(size);
  expect(shown).not.toMatch(/https?:|localhost|127\.0\.0\.1|:\d{4,5}\b|\/(?:tmp|home|root|Users|work)\b|\d\d:\d\d/);
});

test('a wait is cut, npm’s wheel stops turning after two seconds, and what comes at once is one picture', () => {
  const wheel = [...'⠙⠹⠸⠼'].map((sign, index) => ({ seconds: 1 + index, text: `\u001b[1G\u001b[0K${sign}` }));
  const outputs = [
    { seconds: 0, text: '$ ' },
    { seconds: 0.02, text: 'npx' },
    ...wheel,
    { seconds: 4.5, text: '\u001b[1G\u001b[0K' },
    { seconds: 60, text: 'done' },
  ];
  const { outputs: short } = shortenCast({ columns: 80, rows: 24, outputs });
  expect(short.map(({ seconds }) => seconds)).toEqual([0, 1, 2, 3, 5]);
  expect(short.at(0)?.text).toBe('$ npx');
  expect(short.at(3)?.text).toBe('\u001b[1G\u001b[0K');
});
