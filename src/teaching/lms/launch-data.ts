// What the player of an LMS package is told by the page that opens it, and the standards it may be made for. Written by
// launch.ts, read by islands/lms.

export const standards = ['scorm-1.2', 'scorm-2004', 'cmi5'] as const;
export type Standard = (typeof standards)[number];

export interface Launch {
  readonly standard: Standard;
  /** Slug of the chapter, such as 'load-balancing'. */
  readonly chapter: string;
  readonly title: string;
  /** The chapter's page, from the page of the player. */
  readonly page: string;
  /** Ids of what has to be read and answered. */
  readonly sections: readonly string[];
  readonly questions: readonly string[];
  readonly predictions: readonly string[];
  /** sandbox/exercise. */
  readonly exercises: readonly string[];
}
