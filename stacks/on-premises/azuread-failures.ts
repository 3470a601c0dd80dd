// What the azuread plugin and the engine say of one failure, as one sentence: both tell of it, each in a wrapping of its own.
import type { EngineEvent } from '@pulumi/pulumi/automation/index.js';

/** Of its group, its policy or its own start; each once. */
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
 * `1 error occurred:\n\t* creating urn:…: 1 error occurred:\n\t* [members] …` is what the engine makes of it, and
 * `sdk-v2/provider2.go:572: sdk.helper_schema: …: provider=azuread@6.9.1` what the plugin's own log does.
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
