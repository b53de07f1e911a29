// What an assignment can be made of, as /assign/catalogue.json says it: chapters, what is asked in them, exercises. It is
// of the same build as the scripts that fetch it. Written by pages/assign; read by the pages /assign/ and /work/.

export interface CatalogueQuestion {
  readonly id: string;
  readonly kind: 'one' | 'many' | 'number' | 'order' | 'match' | 'text' | 'line';
  /** What is asked, as text. */
  readonly words: string;
  /** Whether each student gets numbers of their own. */
  readonly numbers: boolean;
}
export interface CatalogueExercise {
  /** `sandbox/exercise`. */
  readonly name: string;
  readonly title: string;
  /** Page and anchor where it is done. */
  readonly href: string;
  /** Paths below sandboxes/. */
  readonly edits: readonly string[];
  /** Under which the lab keeps the reader's versions: see editor/versions.ts. */
  readonly workspace: string;
}
export interface CatalogueChapter {
  readonly slug: string;
  readonly number: number;
  readonly title: string;
  /** Their key comes with the page. */
  readonly practice: readonly CatalogueQuestion[];
  /** Their key does not. */
  readonly graded: readonly CatalogueQuestion[];
  readonly exercises: readonly CatalogueExercise[];
}
export interface Catalogue {
  /** The course's version. */
  readonly course: string;
  readonly chapters: readonly CatalogueChapter[];
}

export async function fetchCatalogue(): Promise<Catalogue> {
  const address = '/assign/catalogue.json';
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`expected ${address}, found status ${answer.status}: try again.`);
  return (await answer.json()) as Catalogue;
}
