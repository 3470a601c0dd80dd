// Where a page of the documentation is for the person who reads a message: it comes with the version that says it. Pure.

const folder = 'node_modules/@dormant-m365/dormant';

/**
 * Below the root of the repository: as `docs/guides/keys.md` in Dormant's own, and below node_modules in a team's. `page` is below
 * docs/. `from`: a file of the program.
 */
export function locatePage(page: string, from: string = import.meta.url): string {
  const path = `docs/${page}`;
  return from.includes(`/${folder}/`) ? `${folder}/${path}` : path;
}
