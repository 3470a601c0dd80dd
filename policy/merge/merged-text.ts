// What becomes of one file that main and an open proposal have both changed. Pure.

/** The file's texts; null: that side has none. */
export interface FileSides {
  path: string;
  /** Where the proposal's branch left main. */
  base: string | null;
  branch: string | null;
  main: string | null;
}

/** Two people's different words on one thing: nobody but a person can say which counts. */
export interface UndecidedWords {
  path: string;
  /** As a line of the file, such as `stage: keep`; the same of main and of the branch. */
  main: string;
  branch: string;
}

export interface MergedText {
  text: string | null;
  /** `text` has main's word in each of them. */
  undecided: readonly UndecidedWords[];
}
