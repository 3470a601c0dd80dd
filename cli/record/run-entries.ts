// What a run leaves behind, as entries for its record. Read twice: first for whom it names, then to take it apart.
import type { Entry } from '../../policy/records/split.ts';
import type { RecordKind } from '../../policy/schemas/records.ts';

export interface RecordedRun {
  kind: RecordKind;
  /** The day that counted as today. */
  day: string;
  /** As `identifyRun` has it. */
  run: string;
  commit: string | null;
  /** Each time from the beginning. */
  read(): AsyncIterable<Entry>;
}
