// What audits and applies leave behind, beside the repository.
import { applyJson, applyLog, noticeJournal } from '../fields/apply-files.ts';
import { auditJson, peopleList, proposalJson } from '../fields/audit-files.ts';
import { guestList, highRiskList, inactiveList, onPremisesList } from '../fields/lists.ts';
import { lookFile } from '../fields/look-file.ts';
import { chainedRecord, personPart, runPart, securityEvent } from '../fields/records.ts';
import { accountInputs, accountOutputs, hrNoticeState, noticeState, signingState } from '../fields/state.ts';
import type { Place } from '../place.ts';

const artifact = (name: string) =>
  `\`out/<stack>/\` on the machine of the run, which GitHub’s own runners delete with the job; and the artifact \`${name}\` of the run, on GitHub, by your own contract with GitHub.`;
const readers = 'Everybody who may read the repository can download it.';

export const runPlaces: readonly Place[] = [
  {
    title: 'The artifact of an audit',
    purpose:
      'What an audit saw of whom and made of it: for reviewers who look closer, for whoever asks why nothing happens to them, and for an auditor.',
    whose: ['holder', 'manager', 'executive', 'owner', 'guest', 'asker'],
    where: `${artifact('audit-<stack>')} Git ignores \`out/\`.`,
    seenBy: readers,
    keptFor: '90 days; GitHub deletes it then.',
    setting:
      'The variable `DORMANT_RETENTION_DAYS` (90). GitHub allows up to 400 days in a private repository, or less if your organisation says so. `privacy.names` for report and pull request.',
    what: 'Beside the tables below: `report.html` has the people of `inactive-users.csv` in a form for people; `pull-request.md` is the text of the pull request; `summary.md` has counts; `works-council.html` has rules and coarse counts, and nobody in it; `concealment.json` is there only while names in usage reports are shown, and says what has to be put back.',
    files: [
      { name: '`audit.json`', reasons: auditJson },
      { name: '`people.jsonl`', reasons: peopleList },
      { name: '`proposal.json`', reasons: proposalJson },
      { name: '`inactive-users.csv`', reasons: inactiveList },
      { name: '`high-risk.csv`', reasons: highRiskList },
      { name: '`guests.csv`', reasons: guestList },
    ],
  },
  {
    title: 'The artifact of an apply',
    purpose:
      'What was done to whom, when, by which request of Microsoft’s, and who was told: the deed that an auditor asks for.',
    whose: ['holder', 'manager', 'executive'],
    where: `${artifact('apply-<stack>')} A preview leaves \`preview-<stack>\`, with what would be done.`,
    seenBy: readers,
    keptFor: '400 days, of a preview 30; GitHub deletes it then.',
    setting: 'The variable `DORMANT_RETENTION_DAYS`, which then holds for all of them.',
    what: 'Beside the tables below: `apply.md` and `preview.md` are the text of the comment under the pull request.',
    files: [
      { name: '`apply.json`', reasons: applyJson },
      { name: '`apply.jsonl`', reasons: applyLog },
      { name: '`notices.jsonl`', reasons: noticeJournal },
      { name: '`on-premises.csv`', reasons: onPremisesList },
    ],
  },
  {
    title: 'Pulumi’s state',
    purpose:
      'What applies have reached: the next one does only what is left, gives back only what this pipeline took, and tells nobody twice.',
    whose: ['holder', 'manager', 'executive'],
    where:
      'The backend that `PULUMI_BACKEND_URL` names: a container or bucket of your own cloud, or Pulumi Cloud by your own contract with Pulumi. Below `.pulumi/history/` there is a copy of each part of an apply.',
    seenBy:
      'Whoever may read that store: the identities of audit and apply, and its administrators. Nothing in it is encrypted beside what the store itself does.',
    keptFor:
      'An account’s part until its file is gone or in the archive and an apply has run. **The copies below `.pulumi/history/` without end**, unless the store deletes them: [the rule for that](../guides/adopt.md#4-the-state-10-minutes) is a part of adoption.',
    setting: 'The lifecycle rule of the store; `PULUMI_BACKEND_URL`.',
    files: [
      { name: 'An account, as it is asked for (`asks`)', reasons: accountInputs },
      { name: 'An account, as it was reached (`has`)', reasons: accountOutputs },
      { name: 'A mail to a manager', reasons: noticeState },
      { name: 'The mail to HR', reasons: hrNoticeState },
      { name: 'What was applied', reasons: signingState },
    ],
  },
  {
    title: 'Records',
    purpose:
      'What audits and applies left, for longer than artifacts last: an auditor can check years later what was decided on which evidence and what was done, and that nothing is missing.',
    whose: ['holder', 'manager', 'executive', 'owner', 'guest', 'asker', 'reviewer', 'contact'],
    where:
      'The store that `records` of `tenant.yaml` names: a folder, a container of Azure, or a bucket that speaks S3; yours, or by your own contract.',
    seenBy:
      'Whoever may read that store. The identities of audit and apply read and add; that they change nothing is up to the rights that you give them, which each run tries and the guide says how to give.',
    keptFor:
      'Each person’s part until it is older than `privacy.eraseAfterDays`: `dormant erase`, monthly, then takes it out; later where the person is still blocked or could be given something back, until that is over. The rest, which names nobody whom the run knew, without end. Immutability of the store holds for as long as you set it, which must not be longer than these days.',
    setting:
      '`records` of `tenant.yaml` (absent: there are none), `privacy.eraseAfterDays` (absent: nothing is erased by itself).',
    what: 'Of each audit `audit.json`, of each apply `apply.jsonl`, `apply.json` and the account files that were applied; policy and prices; and the commit that it belongs to, with whose it is. All that names somebody whom the run knows, or has a mail address, is taken out into that person’s own part, below `people/<object id>/`: whoever asks what is kept of them gets that folder. Fields inside of it are those of the two artifacts above. Words that people write into `policy.yaml`, its comments and the reason of a pause stay: a name there of somebody without an account is in no part. [How a record is made](../guides/records.md#what-a-record-is).',
    files: [
      { name: 'A record (`chain/`)', reasons: chainedRecord },
      { name: 'A person’s part (`people/`)', reasons: personPart },
      { name: 'The run’s own part, after its people are taken out (`runs/`)', reasons: runPart },
    ],
  },
  {
    title: 'Events for a SIEM',
    purpose: 'What an audit or an apply did, for the security team’s own log.',
    whose: ['holder', 'manager', 'contact'],
    where:
      'Nowhere, unless you run `dormant events`: then the file that `--output` names, for its owner alone, and wherever you send it ([the guide](../guides/siem.md)).',
    seenBy: 'Whoever reads your SIEM.',
    keptFor: 'As long as your SIEM keeps it, which no setting here ends. `privacy.names` does not change it.',
    files: [{ name: 'An event', reasons: securityEvent }],
  },
  {
    title: 'The folder of a look',
    purpose: 'What `dormant look` found, for the one person who looked, before there is a repository.',
    whose: ['holder', 'manager', 'executive', 'owner', 'guest'],
    where: 'A folder on that person’s machine.',
    seenBy: 'Its owner alone, by the rights of the folder.',
    keptFor: 'Until they delete it. Nothing else does.',
    what: '`audit.json`, the lists and the report of an audit with the same fields, and `look.json` for adoption, which has a few examples of whom the rules recognise.',
    files: [{ name: '`look.json`', reasons: lookFile }],
  },
];
