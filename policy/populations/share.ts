// Which accounts are among a share of all: always the same, and with a larger share the same and more. Pure.
import { foldId, type UserId } from '../identifiers.ts';

/** `share`: more than 0, at most 1. */
export function isInShare(id: UserId, share: number): boolean {
  return computeHash(foldId(id)) / 2 ** 32 < share;
}

/**
 * MurmurHash3 for x86, 32 bits, with seed 0 (Austin Appleby, public domain): even over texts that differ little, and with values
 * that anybody can compare. No cryptography is needed, because nobody chooses the id of an account; that keeps this folder free
 * of Node. `text` is ASCII.
 */
export function computeHash(text: string): number {
  let hash = 0;
  const whole = text.length - (text.length % 4);
  for (let at = 0; at < whole; at += 4)
    hash = (Math.imul(rotate(hash ^ mixBlock(readBytes(text, at, 4)), 13), 5) + 0xe6546b64) | 0;
  if (whole < text.length) hash ^= mixBlock(readBytes(text, whole, text.length - whole));
  return finish(hash ^ text.length);
}

/** The first byte is the lowest. */
function readBytes(text: string, at: number, count: number): number {
  let block = 0;
  for (let index = count - 1; index >= 0; index--) block = (block << 8) | text.charCodeAt(at + index);
  return block;
}

function mixBlock(block: number): number {
  return Math.imul(rotate(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function finish(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}
