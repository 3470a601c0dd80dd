// The one line that makes a key and hands its private half to the audit, which no terminal, file or log ever shows.
export function buildKeyCommand(stack: string): string {
  return `npx dormant key new ${stack} | gh secret set DORMANT_FACTS_KEY --env ${stack}-audit`;
}
