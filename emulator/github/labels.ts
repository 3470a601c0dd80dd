// Labels put on issues and pull requests and taken off, with the event of each.
import { formatNow, type GitHubState, type Issue, type LabelEvent } from './state.ts';

/** One that the repository does not have yet is made, as on GitHub. */
export function addLabels(
  state: GitHubState,
  issue: Issue,
  { login, labels }: { login: string; labels: readonly string[] },
): void {
  for (const label of labels) {
    const known = state.labels.find(({ name }) => isSameLabel(name, label));
    const { name } = known ?? { name: label };
    if (known === undefined) state.labels.push({ name, color: 'ededed', description: null });
    if (hasLabel(issue, name)) continue;
    issue.labels = [...issue.labels, name];
    recordEvent(state, issue, { event: 'labeled', label: name, login });
  }
}

export function removeLabel(
  state: GitHubState,
  issue: Issue,
  { login, label }: { login: string; label: string },
): void {
  issue.labels = issue.labels.filter((name) => !isSameLabel(name, label));
  recordEvent(state, issue, { event: 'unlabeled', label, login });
}

export function hasLabel({ labels }: Pick<Issue, 'labels'>, label: string): boolean {
  return labels.some((name) => isSameLabel(name, label));
}

/** Whatever their case, two labels of a repository never share a name. */
export function isSameLabel(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function recordEvent(state: GitHubState, issue: Issue, event: Pick<LabelEvent, 'event' | 'label' | 'login'>): void {
  const created_at = formatNow(state);
  issue.updated_at = created_at;
  const id = 2_000_000 + state.issues.reduce((count, { labelEvents }) => count + labelEvents.length, 0);
  issue.labelEvents.push({ ...event, id, created_at });
}
