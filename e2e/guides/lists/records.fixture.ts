// docs/guides/records.md: containers, buckets and roles are made in clouds; what a bucket's lines make is made on a server of our own.
import type { GuideLines } from '../guide-lines.fixture.ts';

const inAzure = { because: 'it needs a subscription', heldBy: 'tables' } as const;
const inAws = {
  because: 'it needs an account of AWS',
  heldBy: 'e2e/records-guide.long.test.ts: the lines of the guide make a bucket in which records are held and added',
} as const;
const files = {
  because: 'a file for the line after it',
  heldBy: 'docs/records-guide.test.ts: the role for Azure that adds can neither change nor delete',
} as const;

const inTests = {
  because: 'it needs weeks of records',
  heldBy:
    'e2e/records.test.ts: three weeks are verified without a network, and a line changed, a run left out or written twice, a part lost are told apart',
} as const;

export const records: GuideLines = {
  guide: 'records.md',
  run: [{ line: /^npx dormant doctor contoso$/, instead: (line) => `${line} || test $? = 1`, shows: /records/ }],
  left: [
    { line: /^az storage /, ...inAzure },
    { line: /^az login$/, ...inAzure },
    { line: /^az role definition (create|delete) /, ...inAzure },
    { line: /^(account|etag)=\$\(az /, ...inAzure },
    { line: /^for identity in audit apply; do\n +az role assignment create /, ...inAzure },
    { line: /^(group|scope)=\$/, because: 'a variable for the lines after it', heldBy: files.heldBy },
    { line: /^cat > (adds|erases|lock|policy|trust)\.json </, ...files },
    { line: /^aws /, ...inAws },
    {
      line: /^for identity in audit apply; do\n +gh variable set RECORDS_AWS_ROLE_ARN /,
      because: 'it needs that role',
      heldBy: 'tables',
    },
    { line: /^npx dormant (verify|erase) /, ...inTests },
    {
      line: /^npx dormant key new contoso --records /,
      because: 'it needs an environment of GitHub',
      heldBy:
        'cli/commands/key.integration.test.ts: a new key for records is of its kind, and goes through the pipe as well',
    },
    { line: /^mkdir copy$/, because: 'a folder for the lines after it', heldBy: inAws.heldBy },
  ],
};
