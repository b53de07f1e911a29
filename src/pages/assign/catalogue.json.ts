// What an assignment can be made of: /assign/catalogue.json. Holds what islands/assign/catalogue.ts says, nothing of any key.
// Fetched by the pages /assign/ and /work/.
import { catalogueOf, versionOfCourse } from '../../build/catalogue.ts';
import { writtenChapters } from '../../build/chapter.ts';
import type { Catalogue } from '../../islands/assign/catalogue.ts';

export async function GET(): Promise<Response> {
  const chapters = await Promise.all(writtenChapters().map(catalogueOf));
  chapters.sort((a, b) => a.number - b.number);
  return Response.json({ course: versionOfCourse(), chapters } satisfies Catalogue);
}
