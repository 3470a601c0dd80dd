// docs/reference/errors.md: every code of an error, when it comes and what to do, as policy's table has them.
import { errorSections } from '../../policy/error-codes.ts';
import { renderMarkdownTable } from './table.ts';

export function renderErrorsPage(): string {
  const sections = errorSections.map(([title, codes]) => {
    const rows = Object.entries(codes).map(([code, { when, remedy }]) => [`\`${code}\``, when, remedy]);
    return `## ${title}\n\n${renderMarkdownTable(['Code', 'When', 'What to do'], rows)}`;
  });
  return `${[
    '<!-- Written by `npm run reference`; edit policy/error-codes/ instead. -->',
    '# Errors',
    'The code of an error is in the document that `--json` prints, and of a failed account in `apply.json`; a problem of a file has it in brackets after its sentence, and in the title of its annotation on GitHub. The error itself says more than this page: which account or file it is about, and what was found.',
    'Codes of Microsoft, GitHub and git are none of these: they are quoted in the message. A command line that cannot be understood has the code of the library that reads it, such as `commander.unknownOption`. Why the apply leaves an account alone is a refusal, not an error: its sentence is in the comment and in `apply.json`.',
    ...sections,
  ].join('\n\n')}\n`;
}
