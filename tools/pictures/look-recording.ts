// The recording that the README begins with: a look at the embedded tenant, from an empty folder, by one command.
import { parseCast } from './cast.ts';
import { readScreens } from './read-screens.ts';
import { renderTerminal } from './terminal-svg.ts';

/** In columns and rows: the command is one line, and the last screen has all that was seen. */
export const size = { columns: 88, rows: 31 };

/** What is typed: as the README has it, and then what is in the file. */
export const lines = [
  'npx -y -p @dormant-m365/dormant -p @dormant-m365/emulator dormant look --embedded',
  'head -6 look-contoso/inactive-users.csv | cut -d, -f3,5,22,26',
];

const title =
  'A terminal. One npx command starts an embedded tenant, signs in, reads it, and says what was seen: of 1,998 accounts 290 are silent for 90 days or more. Then the first lines of inactive-users.csv.';

/** The SVG of a cast. */
export async function renderLook(castFile: string): Promise<string> {
  const cast = parseCast(castFile);
  return renderTerminal(await readScreens(cast), { ...cast, title });
}
