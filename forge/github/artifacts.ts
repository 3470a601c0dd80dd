// What workflow runs have kept under a name, by "Actions: read": https://docs.github.com/rest/actions/artifacts
import type { GitHub } from './github.ts';

export interface KeptArtifact {
  /** Of the workflow run, as `gh run download` takes it. */
  run: number;
  /** The commit that the run was started for. */
  commit: string;
  /** ISO 8601. */
  at: string;
}

/** Those that can still be downloaded, the latest first; at most the last hundred. */
export async function listKeptArtifacts(github: GitHub, name: string): Promise<KeptArtifact[]> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/actions/artifacts', { name, per_page: 100 });
  return data.artifacts.flatMap(({ expired, created_at: at, workflow_run: run }) =>
    expired || at === null || run?.id === undefined ? [] : [{ run: run.id, commit: run.head_sha ?? '', at }],
  );
}
