// PowerShell's comparison operators, none of them case-sensitive. Pure.
import { enumerate, fold, formatValue, type Value } from './values.ts';

type Comparison = (left: Value, right: Value) => Value;

/** The comparison of this name (`-notin`, in any case); undefined: it is not supported. */
export function findComparison(operator: string): Comparison | undefined {
  return comparisons[fold(operator)];
}

const comparisons: Readonly<Record<string, Comparison>> = {
  '-eq': isSame,
  '-ne': (left, right) => !isSame(left, right),
  '-in': isIn,
  '-notin': (left, right) => !isIn(left, right),
  '-like': isLike,
  '-notlike': (left, right) => !isLike(left, right),
  '-match': isMatch,
  '-notmatch': (left, right) => !isMatch(left, right),
  '-join': (left, right) => enumerate(left).map(formatValue).join(formatValue(right)),
};

/** Whether a text fits a pattern in which `*` stands for anything. */
export function isWildcardMatch(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'is').test(text);
}

function isSame(left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right;
  return fold(formatValue(left)) === fold(formatValue(right));
}

function isIn(left: Value, right: Value): boolean {
  return enumerate(right).some((each) => isSame(left, each));
}

function isLike(left: Value, right: Value): boolean {
  return isWildcardMatch(formatValue(right), formatValue(left));
}

function isMatch(left: Value, right: Value): boolean {
  return new RegExp(formatValue(right), 'i').test(formatValue(left));
}
