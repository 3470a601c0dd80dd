// A repository that people have run for weeks, for the guides that are about one: embedded tenant, emulated GitHub, real git.
import { expect } from 'vitest';
import type { GuideReader } from './guide-reader.fixture.ts';

/**
 * In the reader's folder and shell. $PERSON is the file of somebody whom the third week has blocked; the fourth has blocked others.
 * `main`: what the default branch is called.
 */
export async function startTeam(reader: GuideReader, { main = 'main', weeks = 4 } = {}): Promise<void> {
  await runAll(reader, [
    'git config --global user.name Riley && git config --global user.email riley@contoso.com',
    `eval "$(npx --yes @dormant-m365/emulator --users 300 --github --quota-speed 60 --env)"`,
    'mkdir "$HOME/state" && export PULUMI_BACKEND_URL="file://$HOME/state"',
    `npx --yes @dormant-m365/dormant init contoso --new . --embedded --main ${main}`,
    'npm ci',
    `export DORMANT_FACTS_KEY=$(npx dormant key new contoso)`,
    'git commit --quiet --all --message "Adopt Dormant"',
    `git push --quiet --set-upstream origin ${main} && git remote set-head origin --auto`,
    doings(main),
    ...Array.from({ length: weeks }, (_, at) => (at === 2 ? `week && ${findPerson}` : 'week')),
  ]);
}

const findPerson = `PERSON=$(grep --files-with-matches '^stage: disable' stacks/contoso/accounts/*.yaml | head -1) && test -n "$PERSON"`;

/** What people and workflows do again and again. Commits are of the tenant's day. */
const doings = (main: string) => `
  take_day() {
    day=$(curl --silent --fail "$EMULATOR_CONTROL/clock" | jq --raw-output .now)
    export GIT_AUTHOR_DATE=$day GIT_COMMITTER_DATE=$day
  }
  merge_pull() {
    number=$(gh api 'repos/{owner}/{repo}/pulls' --jq '.[0].number') &&
      gh api --silent -X PUT "repos/{owner}/{repo}/pulls/$number/merge" && git switch --quiet ${main} && git pull --quiet
  }
  commit_and_merge() {
    git add --all && git commit --quiet --message "$1" && git push --quiet --set-upstream origin HEAD &&
      gh pr create --fill > /dev/null && merge_pull
  }
  apply_main() { AZURE_CLIENT_SECRET=$EMULATOR_APPLY_CLIENT_SECRET npx dormant apply contoso; }
  week() {
    take_day && npx dormant audit contoso && npx dormant propose contoso && merge_pull && apply_main &&
      curl --silent --fail "$EMULATOR_CONTROL/clock" --data '{"days": 7}' > /dev/null && take_day
  }`;

export async function runAll(reader: GuideReader, commands: readonly string[]): Promise<void> {
  for (const command of commands) {
    const { exitCode, output } = await reader.run(command);
    expect(exitCode, `${command}\n${output}`).toBe(0);
  }
}
