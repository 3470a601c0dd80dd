// The one line that makes a key and hands its private half to the audit, which no terminal, file or log ever shows.
import { nameProgram } from '../installed-folder.ts';

export function buildKeyCommand(stack: string): string {
  return `${nameProgram()} key new ${stack} | gh secret set DORMANT_FACTS_KEY --env ${stack}-audit`;
}
