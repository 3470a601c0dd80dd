// `gh` as a reader has it: GitHub's own program, built once from its Go module, which takes the emulated GitHub for a local one.
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGh, version } from '../../tools/command-lines/tabulate/gh.ts';
import { installOnce } from '../backends/server-process.fixture.ts';

/** A folder with the program. Needs Go. */
export async function makeGh(): Promise<string> {
  const program = await installOnce(`gh-${version}`, 'gh', (folder) => buildGh(join(folder, 'gh')));
  const folder = await mkdtemp(join(tmpdir(), 'dormant-gh-'));
  await writeFile(join(folder, 'gh'), renderScript(program));
  await chmod(join(folder, 'gh'), 0o755);
  return folder;
}

/**
 * `github.localhost` is the one host that gh speaks plain HTTP with, at its default port: github.com/cli/cli/issues/6845. The
 * emulated GitHub answers there as its own proxy. What gh asks GraphQL for to open a pull request or to make a repository is not
 * emulated, and the others never see a secret: so these three are done here, or noted on their way.
 */
const renderScript = (program: string) => `#!/bin/sh
case "$1 $2" in
  'repo create') git remote add origin "$EMULATOR_REMOTE" && exec git push --quiet --set-upstream origin HEAD ;;
  'pr create')
    body=$(jq --null-input --arg title "$(git log -1 --format=%s)" --arg head "$(git branch --show-current)" \\
      --arg base "$(git symbolic-ref --short refs/remotes/origin/HEAD | cut -d/ -f2-)" '{$title, $head, $base}')
    exec curl --silent --show-error --fail-with-body --header "authorization: Bearer $GITHUB_TOKEN" --data "$body" \\
      "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/pulls" ;;
esac
export GH_HOST=github.localhost GH_REPO="github.localhost/$GITHUB_REPOSITORY" GH_TOKEN="$GITHUB_TOKEN"
export GH_PROMPT_DISABLED=1 GH_NO_UPDATE_NOTIFIER=1 GH_TELEMETRY=false GH_PAGER=cat
export http_proxy="$GITHUB_API_URL" HTTP_PROXY="$GITHUB_API_URL" no_proxy= NO_PROXY=
if [ "$1 $2" = 'secret set' ]; then tee "$TURNS/secret" | '${program}' "$@"; else exec '${program}' "$@"; fi
`;
