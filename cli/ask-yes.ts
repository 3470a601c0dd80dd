// A question in a terminal that is answered by yes or no; Ctrl-C is a no.
import { confirm } from '@inquirer/prompts';

/** Default: that of the process. */
export interface Terminal {
  input?: NodeJS.ReadableStream;
  output?: NodeJS.WritableStream;
}

/** `isYes`: what an empty line means. */
export function askYes(message: string, { isYes }: { isYes: boolean }, terminal: Terminal = {}): Promise<boolean> {
  return confirm({ message, default: isYes }, terminal).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'ExitPromptError') return false;
    throw error;
  });
}
