// Names in usage reports: asked for before they are shown, with all that it means, and put back even for a look that was killed.
import type { AuditReader } from '../../audit/sources/reader.ts';
import { readConcealedNames } from '../../audit/sources/report-settings.ts';
import type { SignedInPerson } from '../../graph/person/sign-in.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import { DormantError } from '../../policy/errors.ts';
import { nameProgram } from '../installed-folder.ts';
import { wrapWords } from '../wrap-words.ts';
import { reportNamesPermission } from './permissions.ts';

/** Takes a question, gives whether the answer was yes. */
export type Confirm = (question: string) => Promise<boolean>;

interface NamesQuestion {
  /** Of the tenant, for people. */
  name: string;
  showNames: boolean;
  say(sentence: string): void;
  confirm: Confirm | null;
}

/**
 * How the tenant has the setting. Where it conceals names, the person has agreed to show them and has been asked for the permission;
 * throws `names-stay-concealed` otherwise.
 */
export async function agreeToShowNames(
  reader: AuditReader,
  person: SignedInPerson,
  { name, showNames, say, confirm }: NamesQuestion,
): Promise<'concealed' | 'shown'> {
  const isConcealed = await readConcealedNames(reader);
  // Where it may not be read, the reports themselves show it.
  if (isConcealed !== true) return 'shown';
  say(explainShowing(name));
  if (!showNames && (confirm === null || !(await confirm('Show the names while the reports are read?'))))
    throw new DormantError('names-stay-concealed', `The usage reports of ${name} conceal names; nothing was changed.`, {
      remedy:
        confirm === null
          ? 'Agree by --show-names, or run it in a terminal to be asked.'
          : 'Start again when you agree, or once an administrator shows the names.',
    });
  await person.askFor([reportNamesPermission]);
  return 'concealed';
}

function explainShowing(name: string): string {
  return [
    `The usage reports of ${name} conceal names, so that nobody in them can be told apart. To read them, Dormant turns “displayConcealedNames” off, reads three reports, which may take minutes, and turns it on again, also after an error or Ctrl-C. Meanwhile everybody who may read usage reports there sees names.`,
    'If this process is killed, the next `dormant` command that you start in a terminal on this machine has you sign in and puts it back. This does that and nothing else:',
    `  ${nameProgram()} conceal`,
    `For this, and only now, you are asked for ${reportNamesPermission}.\n`,
  ]
    .map((paragraph) => wrapWords(paragraph))
    .join('\n');
}

/** A refusal of the setting has changed nothing; whose role may change it is not documented role by role. */
export function explainRefusedSetting(error: unknown): never {
  if (error instanceof RequestFailed && error.status === 403 && /\/reportSettings/i.test(error.where))
    throw new DormantError('names-stay-concealed', 'Microsoft does not let you show the names in usage reports.', {
      where: error.where,
      remedy: 'Have a Global Administrator look, or show the names for the time (admin center, Org settings, Reports).',
      cause: error,
    });
  throw error;
}
