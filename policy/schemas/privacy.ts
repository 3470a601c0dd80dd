// What people see of names in pull requests and reports, and when the data of somebody is erased.
import Type, { type Static } from 'typebox';
import { literals, strictObject, wholeDays } from './parts.ts';

/** From the most to the least that is shown. */
export const nameStyles = ['full', 'initials', 'id-only'] as const;
export type NameStyle = (typeof nameStyles)[number];

export const Privacy = strictObject(
  {
    names: Type.Optional(
      literals(
        nameStyles,
        'How pull requests, comments and report.html name people. full (the default): by name and address. initials: by initials and a part of the id. id-only: by the id; new account files are named by it, too. CSVs, audit.json, account files and mails always have the names.',
      ),
    ),
    eraseAfterDays: Type.Optional(
      wholeDays(
        730,
        'When what is kept of somebody from whom nothing is taken any more is erased: files in archive/ by a proposal, parts of records by `dormant erase`. Absent: nothing is erased by itself.',
      ),
    ),
  },
  'How much of people is shown, and for how long it is kept.',
);
export type Privacy = Static<typeof Privacy>;
