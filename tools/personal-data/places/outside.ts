// What other systems keep because of this one, or are read by it.
import { letter } from '../fields/letter.ts';
import type { Place } from '../place.ts';

export const outsidePlaces: readonly Place[] = [
  {
    title: 'Mails to managers and to HR',
    purpose: 'Somebody who knows the person can object before anything is taken, and HR learns of executives.',
    whose: ['holder', 'manager', 'executive', 'asker', 'contact'],
    where:
      'Your own Exchange: *Sent Items* of the sender’s mailbox, the recipients’ mailboxes, and wherever they forward it.',
    seenBy:
      'The manager whom the directory names, or the fallback contact; HR’s contact; whoever may open the sender’s mailbox.',
    keptFor: 'As long as these mailboxes keep mail: your retention policies decide, and no setting here.',
    setting:
      '`notifications` of `policy.yaml` and `tenant.yaml`. `privacy.names` does not change them: a manager has to know who is meant.',
    files: [{ name: 'A mail', reasons: letter }],
  },
  {
    title: 'Logs and summaries of Actions',
    purpose: 'Whether a run went well.',
    whose: ['reviewer'],
    where: 'GitHub, by your own contract with it.',
    seenBy: 'Everybody who may read the repository.',
    keptFor: '90 days, unless the repository or your organisation says otherwise.',
    setting: 'GitHub’s own setting for logs and artifacts.',
    what: 'Counts, and who started the run. [They name nobody else](../decisions/0033-where-names-stand.md).',
  },
  {
    title: 'Microsoft’s own logs',
    purpose:
      'They are Microsoft’s and yours, not Dormant’s: Entra’s audit and sign-in logs, the activity logs of Microsoft Graph, Exchange’s audit log and Purview’s note what the two identities did.',
    whose: ['holder'],
    where: 'Your Microsoft 365 tenant, by your own contract with Microsoft.',
    seenBy: 'Whoever has a role for it in your tenant.',
    keptFor: 'As your tenant and its licences say.',
    what: 'What Dormant reads from Microsoft is [listed request by request](requests.md): the directory’s entries of accounts, days of last activity from the usage report, days of sign-ins, kinds and sizes of mailboxes and OneDrives, licences, groups, roles. It reads no mail, no file, no chat and no calendar, and has no permission to.',
  },
  {
    title: 'Names in usage reports',
    purpose:
      'Microsoft can conceal names in usage reports. An audit has to join the report to accounts, so it shows the names while it reads, and conceals them again whatever happens.',
    whose: ['holder'],
    where: 'A setting of your tenant. While it is off, everybody who may read usage reports sees names in them.',
    seenBy: 'For those minutes, whoever has a role for usage reports.',
    keptFor: 'The minutes that an audit takes to read the reports.',
    setting:
      '`reportNames` of `tenant.yaml`: `concealed` (what is done without the field), or `shown` where they are shown anyway.',
    what: 'The last day of activity in each service, by name.',
  },
];
