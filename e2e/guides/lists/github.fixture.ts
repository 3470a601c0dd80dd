// docs/guides/github.md: environments, the ruleset, the App's key, and what the doctor then says of them.
import type { GuideLines } from '../guide-lines.fixture.ts';

/** Asks the doctor, for whom each finding whose name begins so has to be right. */
const requirePasses = (...names: string[]) =>
  [
    'npx dormant doctor contoso --json > "$TURNS/doctor.json"; true',
    ...names.map(
      (name) =>
        `jq --exit-status '[.findings[] | select(.name | startswith("${name}")) | .status] | . != [] and all(. == "pass")' "$TURNS/doctor.json"`,
    ),
  ].join(' && ');

/** Of the table of variables. */
const nameState =
  'for name in contoso-audit contoso-apply; do gh variable set PULUMI_BACKEND_URL --env $name --body "$PULUMI_BACKEND_URL" || exit; done';

export const github: GuideLines = {
  guide: 'github.md',
  run: [
    {
      line: /^for name in STACK-audit STACK-apply github-app; do\n +gh api -X PUT /,
      instead: (line) => line.replaceAll('STACK', 'contoso'),
      inWords: `(${nameState}) && ${requirePasses('environment', 'place of the state')}`,
    },
    {
      line: /^gh api -X POST 'repos\/\{owner\}\/\{repo\}\/rulesets' --input - <<'JSON'/,
      instead: (line) => line.replaceAll('APP_ID', '412345'),
      inWords: requirePasses('branch protection', 'branch protection bypass'),
    },
    {
      line: /^gh api -X DELETE 'repos\/\{owner\}\/\{repo\}\/rulesets\/ID'$/,
      // Or nothing could be merged below: nobody reports checks here.
      instead: (line) =>
        line.replaceAll("'", '"').replace('ID', `$(gh api 'repos/{owner}/{repo}/rulesets' --jq '.[].id')`),
    },
    {
      line: /^for name in github-app STACK-audit; do gh secret set /,
      first: 'echo "of an App" > key.pem && gh variable set DORMANT_APP_CLIENT_ID --body Iv23liDormant',
      instead: (line) => line.replaceAll('STACK', 'contoso'),
      inWords: `rm key.pem && ${requirePasses('GitHub App’s key is a secret', 'approval by a workflow')}`,
    },
    {
      line: /^gh workflow run review\.yml -f pull=12$/,
      shows: /review\.yml/,
    },
  ],
  left: [
    { line: /^gh api -X DELETE$/, because: 'the beginning of what is run above', heldBy: 'tables' },
    {
      line: /^dormant init --new dormant-contoso --main trunk$/,
      because: 'it makes another repository',
      heldBy:
        'e2e/guides.long.test.ts: a repository whose default branch is trunk goes from its first push to an apply',
    },
  ],
};
