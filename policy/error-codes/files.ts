import type { ErrorMeaning } from './meaning.ts';

/** A file cannot be read, or is not what it has to be. */
export const fileCodes = {
  'invalid-input': {
    when: 'Files have problems; each is listed with its file, line, column and a code of its own.',
    remedy: 'Correct each problem where it is shown.',
  },
  'missing-file': {
    when: 'A file that the command needs is not there.',
    remedy:
      'Run the command in the root of the repository, or give that with `--repo`; for a new tenant run `dormant init` with its name; otherwise take the file from git.',
  },
  'stack-name': {
    when: 'A stack’s name has other signs than letters, digits, dot, _ and -, begins with none of the first two, or is too long.',
    remedy: 'Name a folder of stacks/.',
  },
  yaml: {
    when: 'The file is not YAML, or uses what could mean something else than it seems to: anchors, tags, directives, duplicate keys, deep nesting.',
    remedy: 'Write the value out, in the line that is shown.',
  },
  'unfinished-merge': {
    when: 'A merge has left both sides in the file, between lines that begin with `<<<<<<<` and `>>>>>>>`, and nobody has decided between them.',
    remedy:
      'In the lines that are shown keep what is right, take out the lines with the signs, and commit. In an account file the facts and their `signed:` line belong together: keep both from one side.',
  },
  schema: {
    when: 'A field is unknown, missing, or has a value that is not allowed.',
    remedy: 'Give one of the values that the message allows; the reference page of the file has every field.',
  },
  'file-newer': {
    when: 'The file has a format that only a newer version of Dormant knows.',
    remedy: 'Run the version that package.json names (npm ci), or `dormant upgrade`; nothing was changed.',
  },
  encoding: {
    when: 'The file is not text in UTF-8, or far too large.',
    remedy: 'Save it as UTF-8, or take it out.',
  },
  'too-large': {
    when: 'The file is larger than any file of its kind needs to be.',
    remedy: 'Make it smaller, or take it out.',
  },
  'not-a-file': {
    when: 'A link, a folder or a submodule is in the place of a file.',
    remedy: 'Replace the link or folder by the file itself.',
  },
  calendar: {
    when: 'The policy’s calendar closes every moment, names a span that ends before it begins, or the tenant’s time zone is none.',
    remedy: 'Correct it where it is shown: at least an hour of a week has to be open.',
  },
  holidays: {
    when: 'The calendar’s iCalendar file is not there, cannot be read, or has far more events than holidays.',
    remedy: 'Put the .ics file beside policy.yaml, as it is published or as a calendar program exports it.',
  },
  'shared-tenant': {
    when: 'Two stacks have the same tenantId.',
    remedy:
      'Give each stack its own tenant, or take one of them out of stacks/: neither knows what the other one takes.',
  },
  'stray-file': {
    when: 'A stack’s folder has a file in it that nothing reads, or a folder of stacks/ has such files and no tenant.yaml.',
    remedy:
      'Take it out, or give it its right name: tenant.yaml, escalations.yaml, `accounts/<name>.yaml`, `archive/<name>.yaml`.',
  },
} satisfies Record<string, ErrorMeaning>;
