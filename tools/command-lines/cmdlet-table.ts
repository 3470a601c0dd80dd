// What PowerShell's cmdlets take, as a table: tables/powershell.json, written by `npm run -s command-tables`.
import { readFileSync } from 'node:fs';
import { locateTable } from './command-table.ts';

export interface Cmdlet {
  /** Microsoft's, at a commit. */
  page: string;
  /** A page of Microsoft's with parameters that the first one lacks. */
  also?: string;
  /** Its sets of parameters, as the syntax of Microsoft's pages without types: `[-Identity] <> -Member <> [-WhatIf]`. */
  sets: string[];
  /** By another name, the parameter. */
  aliases: Record<string, string>;
  /** All that a parameter may be. */
  values: Record<string, string[]>;
  /** What may come through a pipe. */
  piped: string[];
}

interface CmdletTable {
  tool: 'powershell';
  made: string;
  again: string;
  cmdlets: Record<string, Cmdlet>;
}

export function loadCmdletTable(): CmdletTable {
  return JSON.parse(readFileSync(locateTable('powershell'), 'utf8'));
}

/** One parameter of a set. */
export interface Term {
  name: string;
  /** It may go without its name. */
  isPlaced: boolean;
  isRequired: boolean;
  hasValue: boolean;
}

const term =
  /\[\[-(?<placed>\w+)\] <[^>]*>\]|\[-(?<needed>\w+)\] <[^>]*>|\[-(?<free>\w+)(?<value> <[^>]*>)?\]|-(?<named>\w+)(?<its> <[^>]*>)?/g;

/** Of a line of syntax, with types or without. */
export function listTerms(syntax: string): Term[] {
  return [...syntax.matchAll(term)].map(({ groups = {} }) => {
    const { placed, needed, free, named, value, its } = groups;
    const isPlaced = placed !== undefined || needed !== undefined;
    return {
      name: placed ?? needed ?? free ?? named ?? '',
      isPlaced,
      isRequired: needed !== undefined || named !== undefined,
      hasValue: isPlaced || value !== undefined || its !== undefined,
    };
  });
}

/** The inverse. */
export function formatTerm({ name, isPlaced, isRequired, hasValue }: Term): string {
  const inner = `${isPlaced ? `[-${name}]` : `-${name}`}${hasValue ? ' <>' : ''}`;
  return isRequired ? inner : `[${inner}]`;
}
