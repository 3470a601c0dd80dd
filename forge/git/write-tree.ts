// Trees that no working tree ever had: a commit's or another tree's files, some of them replaced.
import { pid } from 'node:process';
import type { Git } from './git.ts';

/** null: the file goes. */
export type FileContent = { text: string } | { blob: string } | null;

/** `from`: a tree or a commit. One process for any number of files. */
export async function writeTree(
  git: Git,
  from: string,
  changes: Iterable<readonly [path: string, content: FileContent]>,
): Promise<string> {
  const root = await git.run(['rev-parse', `${from}^{tree}`]);
  const scratch = `refs/dormant/scratch-${pid}`;
  const lines = [...changes].map(([path, content]) => {
    if (content === null) return `D ${quotePath(path)}\n`;
    if ('blob' in content) return `M 100644 ${content.blob} ${quotePath(path)}\n`;
    const { text } = content;
    return `M 100644 inline ${quotePath(path)}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
  });
  const start = `commit ${scratch}\ncommitter dormant <dormant> 0 +0000\ndata 0\nM 040000 ${root} ""\n`;
  await git.run(['fast-import', '--quiet', '--done', '--force'], `${start}${lines.join('')}\ndone\n`);
  const tree = await git.run(['rev-parse', `${scratch}^{tree}`]);
  await git.run(['update-ref', '-d', scratch]);
  return tree;
}

function quotePath(path: string): string {
  return `"${path.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}
