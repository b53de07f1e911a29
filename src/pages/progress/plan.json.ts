// What can be read, predicted, answered and solved in each written chapter, by id: /progress/plan.json.
// Fetched by the pages that count what a reader did.
import { getCollection, render } from 'astro:content';
import { chapterOf, writtenChapters } from '../../build/chapter.ts';
import { readLab, sideLabs } from '../../build/lab-file.ts';
import { quizSchema } from '../../build/quiz-schema.ts';
import { readYaml } from '../../build/yaml.ts';
import type { ChapterPlan } from '../../islands/progress/summary.ts';

export async function GET(): Promise<Response> {
  const written = new Set(writtenChapters());
  const chapters = (await getCollection('chapters')).filter(({ id }) => written.has(id));
  const plans = await Promise.all(
    chapters.map(async (chapter): Promise<ChapterPlan> => {
      const { headings } = await render(chapter);
      const { slug, number, title, folder } = chapterOf(chapter.id);
      const { predictions } = readLab(folder).value;
      const labs = [readLab(folder), ...sideLabs(folder).map((name) => readLab(folder, name))];
      return {
        slug,
        number,
        title,
        sections: headings.filter(({ depth }) => depth === 2).map((heading) => heading.slug),
        predictions: predictions.map(({ id }) => id),
        questions: readYaml(`${folder}/quiz.yml`, quizSchema).value.questions.map(({ id }) => id),
        exercises: labs.flatMap(({ value: { sandbox, exercises } }) =>
          exercises.map((name) => `${sandbox}/${name}`),
        ),
      };
    }),
  );
  return Response.json(plans.sort((a, b) => a.number - b.number));
}
