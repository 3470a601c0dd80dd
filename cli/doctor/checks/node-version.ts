// Node: TypeScript is run as it is, which older versions do not do.
import { type Check, fail, pass } from '../check.ts';

const oldest = [22, 18] as const;

export const nodeVersion: Check = {
  name: 'Node',
  needs: null,
  run: async () => judge(process.versions.node),
};

export function judge(version: string) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  return isEnough
    ? pass(`${version} runs TypeScript as it is`)
    : fail(
        `${version}, expected ${oldest.join('.')} or newer`,
        'npm ci (it brings Node 24 for Linux and Windows)',
      );
}
