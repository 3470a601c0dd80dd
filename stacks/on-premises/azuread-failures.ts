// Failures of the azuread plugin as one sentence each: plugin and engine both report them, each in its own wrapping.
import type { EngineEvent } from '@pulumi/pulumi/automation/index.js';

/** Of the group, the policy or the plugin's start; each once. */
export function listAzureadFailures(events: readonly EngineEvent[]): string[] {
  const sentences = events.flatMap(({ diagnosticEvent }) => {
    const { urn = '', severity, message } = diagnosticEvent ?? {};
    return severity === 'error' && message && /::azuread:|:providers:azuread::/.test(urn)
      ? splitSentences(message)
      : [];
  });
  return [...new Set(sentences)];
}

/**
 * The engine writes `1 error occurred:\n\t* creating urn:…: 1 error occurred:\n\t* [members] …`, the plugin's own log
 * `sdk-v2/provider2.go:572: sdk.helper_schema: …: provider=azuread@6.9.1`.
 */
function splitSentences(message: string): string[] {
  return message
    .split(/\d+ errors? occurred:|\n\s*\* /)
    .map((part) =>
      part
        .trim()
        .replace(/^\S+\.go:\d+: sdk\.helper_schema: /, '')
        .replace(/:? provider=azuread@\S+$/, '')
        .replace(/^\w+ urn:pulumi:\S+:\s*/, '')
        .replace(/^\[\w+\] /, '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .filter((part) => part !== '');
}
