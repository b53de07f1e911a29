// Keeps the draft of /assign/ in this browser, so that a closed tab loses nothing. Where storage is forbidden or holds
// something else there is no draft; never throws. Deleted with everything else at /progress/.
import { type Draft, draftSchema } from './draft.ts';

/** Also named in progress/open.ts, which deletes it. */
const KEY = 'brownout:assignment-draft';

export function keptDraft(): Draft | null {
  try {
    const result = draftSchema.safeParse(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

/** False where nothing is kept. */
export function keepDraft(draft: Draft): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}
