// Whether what a message tells people to type can be typed: it is one command line, or has command lines between backticks.
import { checkMention, checkShell } from './check-shell.fixture.ts';
import { usedCommands } from './used-commands.ts';

/** Commands of this project are other tests' to check. Faults as sentences. */
export async function checkMessage(text: string): Promise<string[]> {
  const parts = text.split('`');
  if (parts.length === 1 && isLine(text)) return checkLine(text);
  const prose = parts.filter((_, at) => at % 2 === 0).join('…');
  const faults = findBare(prose).map((found) => `${found} …: a command within a sentence stands between backticks`);
  for (const code of parts.filter((part, at) => at % 2 === 1 && isLine(part))) faults.push(...(await checkCode(code)));
  return faults;
}

const tool = '(az|gh|git|pulumi)';
const line = new RegExp(`^([A-Z_]+=("[^"]*"|'[^']*'|\\S*) \\S|${tool} )|[|&] ${tool} `);
const commands = Object.entries(usedCommands).flatMap(([name, used]) => used.map((each) => `${name} ${each}`));
const first = new Set(commands.map((command) => command.split(' ').slice(0, 2).join(' ')));

/** It may set variables first, or begin with a command of this project. "git ignores it" is none. */
function isLine(text: string): boolean {
  if (!line.test(text)) return false;
  const begins = text.split(' ').slice(0, 2).join(' ');
  return !new RegExp(`^${tool} `).test(text) || first.has(begins) || / --?[A-Za-z]/.test(text);
}

function checkLine(text: string): Promise<string[]> {
  const own = Object.fromEntries(['dormant', 'npm', 'npx', 'node'].map((program) => [program, () => []]));
  // A placeholder says itself what it stands for, as long as it is quoted; `…` is what the reader knows.
  return checkShell(text.replaceAll('…', 'more'), { said: [text], set: new Set(['*']), own });
}

/** In a sentence `<…>` needs no quotes, as nobody copies it as it is. */
async function checkCode(text: string): Promise<string[]> {
  const mention = text.includes('…') ? checkMention(text) : null;
  return mention ?? checkLine(text.replaceAll(/<[a-z][\w -]*>/g, "'$&'"));
}

function findBare(prose: string): string[] {
  return commands.filter((command) => new RegExp(`(^|[\\s(])${command}( -|$|[ ,.:)])`).test(prose));
}
