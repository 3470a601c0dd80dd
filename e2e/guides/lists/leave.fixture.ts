// docs/guides/leave.md: who was blocked is given back to, the stack goes, and with it what GitHub and the state have of it.
import type { GuideLines } from '../guide-lines.fixture.ts';

const takeOutOwners = `sed -i '/stacks\\/contoso/d' .github/CODEOWNERS`;

const removeState =
  '(cd "$HOME/state/.pulumi" && rm stacks/dormant/contoso.json stacks/dormant/contoso.json.bak && rm -rf history/dormant/contoso backups/dormant/contoso)';

export const leave: GuideLines = {
  guide: 'leave.md',
  run: [
    {
      line: /^for file in \$\(grep /,
      first: 'git switch --quiet --create give-back',
      inWords:
        'commit_and_merge "We leave Dormant" && apply_main && test -z "$(curl -s "$EMULATOR_CONTROL/state?changed=true" | jq -r ".accounts[] | select(.accountEnabled == false) | .id")"',
    },
    { line: /^gh workflow disable$/, instead: (line) => `for name in audit apply; do ${line} $name.yml; done` },
    { line: /^git switch --create leave-contoso$/ },
    { line: /^git rm -r stacks\/contoso$/ },
    {
      line: /^git rm --ignore-unmatch bootstrap\/Pulumi\.contoso\.yaml$/,
      inWords: `${takeOutOwners}; commit_and_merge "Contoso leaves" && npx dormant check`,
    },
    {
      line: /^for name in contoso-audit contoso-apply; do gh api -X DELETE /,
      // And what the guide says of the state.
      inWords: `! gh api 'repos/{owner}/{repo}/environments/contoso-audit' && ${removeState} && test -z "$(grep --recursive --files-with-matches contoso "$HOME/state")"`,
    },
  ],
  left: [
    {
      line: /^npm ci$/,
      because: 'it was installed before',
      heldBy:
        'e2e/guides.test.ts: trying it takes four commands, from an empty folder to the report and the lists of a first audit',
    },
    {
      line: /^pulumi -C bootstrap (stack output exchangeCommands|destroy|stack rm) /,
      because: 'no application was made',
      heldBy: 'tables',
    },
  ],
};
