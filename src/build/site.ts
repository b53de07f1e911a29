// What the site as a whole has to be told, in one place: where readers report a mistake.
// Holds no secret and nothing of a chapter. Used by quiz-file.ts.

/**
 * Where 'This question is wrong' leads: `mailto:somebody@…`, or the page for new issues (it takes `title` and `body`).
 * Null: there is no such address yet, and readers get the report as text to copy.
 */
export const corrections: string | null = null;
