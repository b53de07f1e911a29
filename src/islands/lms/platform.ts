// What a learning platform is to the player, whichever standard it speaks, and the words for what went wrong with it.
// Implemented by scorm.ts and cmi5.ts; used by player.ts. Holds no state.

/** Where the reader stands, as the platform is told. */
export interface Standing {
  /** What resuming needs: state.ts. */
  readonly state: string;
  /** Id of the section in view; '' before the first. */
  readonly section: string;
  readonly isComplete: boolean;
  /** From 0 to 1: sections read and questions answered, of all. */
  readonly progress: number;
  /** Questions whose last answer was right; null before the first answer. Advisory: the page itself counts. */
  readonly score: { readonly right: number; readonly of: number } | null;
}

export interface Resume {
  /** '' where the platform has none. */
  readonly state: string;
  readonly section: string;
}

export interface Platform {
  /** Who learns, as the platform names them: only ever compared. */
  readonly learner: string;
  readonly resume: Resume;
  /** False in a review or a preview: then nothing is reported. */
  readonly reports: boolean;
  /** Characters of Standing.state that it takes. */
  readonly stateMax: number;
  /** Where the reader goes from here, if the platform says; else ''. */
  readonly exit: string;
  /** Sends and keeps. Rejects with PlatformProblem; then nothing is lost here and the next call tells all of it again. */
  report(standing: Standing): Promise<void>;
  /** The page goes: the last report, and the end of the session. Must not wait. Never throws. */
  end(standing: Standing): void;
}

/** What the platform said or did not do, in words for the reader. */
export class PlatformProblem extends Error {
  override readonly name = 'PlatformProblem';
}
