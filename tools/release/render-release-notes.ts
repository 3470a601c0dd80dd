// The text of a release on GitHub: its section of the changelog, and what to compare a download with. Pure.
import type { ChangelogSection } from '../../cli/upgrade/changelog.ts';
import type { Hashes } from './hash-files.ts';

export function renderReleaseNotes({ changes, byHand }: ChangelogSection, hashes: Hashes): string {
  const lines = Object.entries(hashes).map(([path, sha256]) => `${sha256}  ${path.replace(/^packages\//, '')}`);
  return [
    changes,
    ...(byHand === '' ? [] : [`### By hand\n\n${byHand}`]),
    `### SHA-256\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\``,
  ].join('\n\n');
}
