// Reads any number of git blobs with one process.
import { TextDecoder } from 'node:util';
import { execa } from 'execa';
import { DormantError } from '../../policy/errors.ts';

/** Blob id → text, without blobs that are not UTF-8 or are larger than any file of ours. */
export async function readBlobs(repository: string, ids: Iterable<string>): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const { stdout, exitCode, stderr } = await execa('git', ['-C', repository, 'cat-file', '--batch'], {
    input: wanted.map((id) => `${id}\n`).join(''),
    encoding: 'buffer',
    stripFinalNewline: false,
    reject: false,
    maxBuffer: 1024 * 1024 * 1024,
  });
  if (exitCode !== 0)
    throw new DormantError('git', `git cat-file failed: ${new TextDecoder().decode(stderr).trim()}`, {
      where: repository,
      remedy: 'Check that this is a full clone of the repository.',
    });
  return parseBlobs(stdout);
}

const lineFeed = 10;
/** Ten times what the YAML reader accepts; that reader reports a file that is too large. */
const maxBlobBytes = 5 * 1024 * 1024;

/** `<id> blob <bytes>\n<content>\n`, once per blob; `<id> missing\n` for an unknown one. */
function parseBlobs(output: Uint8Array): Map<string, string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const texts = new Map<string, string>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(lineFeed, at);
    const [id = '', type, bytes] = Buffer.from(output.subarray(at, end)).toString().split(' ');
    at = end + 1;
    if (type !== 'blob') continue;
    const size = Number(bytes);
    const text = size > maxBlobBytes ? null : decodeText(decoder, output.subarray(at, at + size));
    if (text !== null) texts.set(id, text);
    at += size + 1;
  }
  return texts;
}

function decodeText(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
