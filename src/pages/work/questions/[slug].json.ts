// The questions of a chapter without their keys, practice and graded: /work/questions/load-balancing.json.
// Passes on nothing but what grading/asked.ts leaves. Fetched by /work/ for the chapters of an assignment.
import { chapterOf, writtenChapters } from '../../../build/chapter.ts';
import { readLab } from '../../../build/lab-file.ts';
import { readAsked } from '../../../build/quiz-file.ts';

export function getStaticPaths() {
  return writtenChapters().map((slug) => ({ params: { slug } }));
}

export async function GET({ params }: { readonly params: { readonly slug: string } }): Promise<Response> {
  const { slug, title, folder } = chapterOf(params.slug);
  const both = await readAsked(folder, readLab(folder).value.sandbox);
  return Response.json({ chapter: slug, title, ...both });
}
