// The questions of a chapter, as its page has them: /review/load-balancing.json.
// Fetched by /review/ when one of them is due.
import { chapterOf, writtenChapters } from '../../build/chapter.ts';
import { readLab } from '../../build/lab-file.ts';
import { readQuiz } from '../../build/quiz-file.ts';

export function getStaticPaths() {
  return writtenChapters().map((chapter) => ({ params: { chapter } }));
}

export async function GET({ params }: { readonly params: { readonly chapter: string } }): Promise<Response> {
  const { slug, folder } = chapterOf(params.chapter);
  return Response.json(await readQuiz(slug, folder, readLab(folder).value.sandbox));
}
