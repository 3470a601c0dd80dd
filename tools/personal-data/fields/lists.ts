// Why each list for people has each of its columns, by the column's title.
import { licenseNames } from '../../../audit/report/csv-licenses.ts';

const person = {
  'Object id': 'Whose account it is, whatever it is called by then.',
  'User principal name': 'Whose account it is.',
  'Display name': 'Whose account it is, for a person who does not know the address.',
  Mail: 'The same by the address that people know.',
  Department: 'Who can say whether the account is needed.',
  'Job title': 'Shows an executive or a service that no rule has recognised.',
  Manager: 'Whom to ask.',
  'Manager mail': 'Where to ask.',
} as const;

const account = {
  Account: 'Whether sign-in is blocked already.',
  'Synced from AD': 'Whether Active Directory owns the sign-in.',
  Created: 'How old the account is.',
  Mailbox: 'What kind of mailbox it has.',
} as const;

const activity = {
  'Exchange last activity':
    'The last day of any activity there: what the verdict rests on. No content, and no number of anything.',
  'SharePoint last activity': 'The same.',
  'OneDrive last activity': 'The same.',
  'Teams last activity': 'The same.',
  'Skype for Business last activity': 'The same. It keeps nobody.',
  'Yammer last activity': 'The same.',
  'Last successful sign-in': 'Without it, who only reads would count as inactive.',
  'Last sign-in attempt': 'Attempts without a success look like an attack.',
  'Last activity': 'The latest of these days.',
  'Inactive days': 'How long the account was silent.',
  Population: 'By whose days of the policy it was judged.',
} as const;

const oneDrive = {
  'OneDrive GB': 'How much Microsoft would delete once no licence carries it.',
  'OneDrive files': 'The same as a number of files.',
  'OneDrive last use': 'Whether anybody still used them.',
  OneDrive: 'What becomes of it.',
  'OneDrive days left (by default)': 'How long somebody can still copy files.',
  'OneDrive read-only from (by default)': 'The same as a day.',
  'OneDrive last day a licence brings it back (by default)': 'The same as a day.',
  'OneDrive out of reach from (by default)': 'The same as a day.',
  'OneDrive deleted from (by default)': 'The same as a day.',
  'OneDrive deleted at the latest': 'The same as a day.',
} as const;

const money = { 'Monthly cost': 'What the account’s licences cost.', Currency: null } as const;
const licenses = { [licenseNames.title]: 'Which products it holds.' } as const;
const risk = { Risk: 'What protects the account.' } as const;
const decision = {
  'Recommended action': 'What is proposed, or who has to decide.',
  Reason: 'Why that, in words.',
} as const;

export const inactiveList = {
  ...person,
  ...account,
  ...activity,
  ...licenses,
  'SKU part numbers': 'The same by their short names.',
  Assigned: 'Whether a group gave them.',
  ...money,
  Reclaimable: 'What would be saved.',
  'Waits for a OneDrive': 'What would be saved once somebody releases its files.',
  'Held back': 'What stays, and why.',
  'Goes by leaving a group': 'Which groups the account would be taken out of.',
  ...oneDrive,
  ...risk,
  ...decision,
  Evidence: 'All of that in one sentence.',
  'Planned stage': 'Where the account stands after the merge.',
  Plan: 'What is proposed.',
  'Planned on': 'When.',
} as const;

export const highRiskList = {
  ...person,
  ...account,
  ...risk,
  'Recognised by': 'What it was recognised by, so that a mistake is seen.',
  'Who decides': 'Whom it is left to.',
  ...activity,
  ...money,
  ...oneDrive,
  ...decision,
} as const;

export const guestList = {
  ...person,
  'Listed as': 'Whether it is a guest or a member of another company.',
  ...account,
  ...activity,
  Verdict: 'Whether the account counts as inactive.',
  Why: 'Why, in words.',
  ...licenses,
  ...money,
  ...risk,
} as const;

export const onPremisesList = {
  action: 'What an administrator of Active Directory has to do.',
  userPrincipalName: 'Whose account it is.',
  displayName: 'The same, for a person who does not know the address.',
  department: 'Which administrator it is for.',
  id: 'The account as Entra knows it.',
  powerShell: 'The command to run, with the account’s name in Active Directory or its security identifier.',
} as const;
