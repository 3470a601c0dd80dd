// CHANGELOG.md as data: what is new between two versions, with what an upgrader has to do kept apart. Pure.

/** One version's section of the file. */
export interface ChangelogSection {
  /** Three numbers, such as `0.1.0`, or `Unreleased` for what no version has yet. */
  version: string;
  /** ISO 8601; null: not released yet. */
  releasedOn: string | null;
  /** Markdown, without the heading and without what is by hand. */
  changes: string;
  /** Markdown; empty: nothing to do. */
  byHand: string;
}

/** In the order of the file, the newest first. */
export function parseChangelog(text: string): ChangelogSection[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      const [version = '', date] = heading.trim().split(' - ');
      return { version, releasedOn: isDay(date) ? date : null, ...separateByHand(lines.join('\n')) };
    });
}

/** The sections after `from` up to `to`, the newest first. Both are versions of three numbers, and need no section of their own. */
export function selectChanges(text: string, from: string, to: string): ChangelogSection[] {
  return parseChangelog(text).filter(
    ({ version }) => isVersion(version) && compareVersions(version, from) > 0 && compareVersions(version, to) <= 0,
  );
}

export function isVersion(text: string): boolean {
  return /^\d+\.\d+\.\d+$/.test(text);
}

/** Both are versions of three numbers. */
export function isOlder(version: string, other: string): boolean {
  return compareVersions(version, other) < 0;
}

/** Negative: `a` is the older one. */
function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function separateByHand(text: string): Pick<ChangelogSection, 'changes' | 'byHand'> {
  const parts = text.split(/^(?=### )/m);
  const isByHand = (part: string) => part.startsWith(byHandHeading);
  const byHand = parts.filter(isByHand).map((part) => part.slice(byHandHeading.length));
  return { changes: join(parts.filter((part) => !isByHand(part))), byHand: join(byHand) };
}

const byHandHeading = '### By hand\n';

function join(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .join('\n\n')
    .trim();
}

function isDay(text: string | undefined): text is string {
  return /^\d{4}-\d\d-\d\d$/.test(text ?? '');
}
