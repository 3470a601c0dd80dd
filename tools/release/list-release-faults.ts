// What keeps a commit from becoming a release. Pure.
import { parseChangelog } from '../../cli/upgrade/changelog.ts';

interface Candidate {
  /** As it was pushed. */
  tag: string;
  /** Where this runs, such as `https://github.com/dormant-m365/dormant`. */
  home: string;
  /** Of the packages, the program's first. */
  manifests: readonly { name: string; version: string; repository?: { url: string } }[];
  /** The text of CHANGELOG.md. */
  changelog: string;
  isOnMain: boolean;
}

/** One sentence each, and what to do; empty: it may be released. */
export function listReleaseFaults({ tag, home, manifests, changelog, isOnMain }: Candidate): string[] {
  const [first] = manifests;
  const version = first?.version ?? '';
  const section = parseChangelog(changelog).find((each) => each.version === version);
  return [
    ...(tag === `v${version}`
      ? []
      : [`The tag is ${tag}, and package.json says ${version}. Tag the commit that raised it.`]),
    ...(isOnMain
      ? []
      : ['The commit is not on main, so nothing has asked for its checks and its review. Tag one that is.']),
    ...(section?.releasedOn ? [] : [`CHANGELOG.md gives ${version} no day. Write it beside the version, on main.`]),
    ...manifests.flatMap((each) => [
      ...(each.version === version
        ? []
        : [`${each.name} is ${each.version}, and not ${version}: all have one version.`]),
      // The registry compares the two, and refuses the provenance of a build from anywhere else
      // (https://docs.npmjs.com/generating-provenance-statements).
      ...(each.repository?.url === `git+${home}.git`
        ? []
        : [
            `${each.name} says that it is built in ${each.repository?.url}, and this is ${home}. Only its own repository releases.`,
          ]),
    ]),
  ];
}
