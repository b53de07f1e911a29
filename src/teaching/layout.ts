// Whose file is it? What the names that Moodle and Canvas give to submissions say, as far as they say it. Pure. The platform's
// word on who handed in counts for more than the file's own. Refuses nothing. Used by the command line's grade.

export interface Origin {
  /** `moodle 1234`, `canvas 1234`; null for plain files, whose student is the code inside. */
  readonly identity: string | null;
  /** As it stands in the name: for tables; may be a pseudonym. */
  readonly name: string | null;
  /** Canvas says that it was late, but not how late. */
  readonly saysLate: boolean;
}

/**
 * Moodle: `Ann Lee_1234_assignsubmission_file_/x.json`, blind `Participant_1234_assignsubmission_file_/x.json`, flat with
 * the file's name after it. Canvas: `leeann_[LATE_]1234_567890_x.json`.
 */
export function originOf(path: string): Origin {
  const moodle = /(?:^|\/)([^/]*?)_(\d+)_assignsubmission_file_(?=[^/]*(?:\/|$))/u.exec(path);
  if (moodle !== null) return { identity: `moodle ${moodle[2]}`, name: moodle[1] ?? '', saysLate: false };
  const base = path.split('/').at(-1) ?? '';
  const canvas = /^([\p{L}\p{M}\p{N}.'-]+)_(LATE_)?(\d+)_\d+_.+$/u.exec(base);
  if (canvas === null) return { identity: null, name: null, saysLate: false };
  return {
    identity: `canvas ${canvas[3]}`,
    name: canvas[1] ?? '',
    saysLate: canvas[2] !== undefined,
  };
}

/** What lies in archives besides submissions, made by systems and platforms. */
export function isNoise(path: string): boolean {
  return (
    /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/.test(path) || /onlinetext/.test(path)
  );
}
