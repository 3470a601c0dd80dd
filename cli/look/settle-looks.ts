// Before each command: what a killed look left in a tenant is put back, or told where nobody can sign in.
import { isOnActions, sanitiseLog } from '../github-actions.ts';
import { nameProgram } from '../installed-folder.ts';
import { listLookJournals } from './journal.ts';

interface Surroundings {
  stdin: { isTTY?: boolean };
  stderr: { isTTY?: boolean };
  env: NodeJS.ProcessEnv;
}

/** Loads what signs in only if there is something to put back. A failure is told, and the command goes on. */
export async function settleLooks({ stdin, stderr, env }: Surroundings, argv: readonly string[]): Promise<void> {
  if (isOnActions() || isAboutLooks(argv)) return;
  if ((await listLookJournals(env)).length === 0) return;
  const say = (sentence: string) => console.error(sanitiseLog(sentence));
  const { describeLeftLook, listKilledLooks, putBackNames } = await import('./put-back.ts');
  if (!(stdin.isTTY === true && stderr.isTTY === true) || env.CI) {
    for (const look of await listKilledLooks(env))
      say(`${describeLeftLook(look)} Run \`${nameProgram()} conceal\` in a terminal.`);
    return;
  }
  try {
    const tenants = await putBackNames({ env, flow: 'browser', say });
    if (tenants.length > 0) say('The names are concealed again.\n');
  } catch (error) {
    say(`They could not be concealed: ${error instanceof Error ? error.message : String(error)}`);
    say(
      `Run \`${nameProgram()} conceal\`, or conceal them in the Microsoft 365 admin center (Org settings, Reports).\n`,
    );
  }
}

/** `dormant conceal` alone puts it back itself, and fails if it cannot. */
function isAboutLooks(argv: readonly string[]): boolean {
  const words = argv.filter((word) => !word.startsWith('-'));
  return words[0] === 'conceal' && words.length === 1;
}
