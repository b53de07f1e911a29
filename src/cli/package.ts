// `brownout package`: one chapter or the course as a file that a learning platform takes in: SCORM 1.2, SCORM 2004 4th
// Edition, cmi5. Reads the built site, never builds it: refuses one that is missing or older than what it is made of.
// Called by main.ts; teaching/lms knows what goes in.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inRepository } from '../build/root.ts';
import { RunProblem } from '../runtime/runtime.ts';
import { zipOf } from '../runtime/zip.ts';
import type { Bytes, Dist } from '../teaching/lms/files.ts';
import type { Standard } from '../teaching/lms/launch-data.ts';
import { type ChapterPlan, packageFiles, plansIn } from '../teaching/lms/package.ts';
import { type Asked, type Command, readOptions, UsageError } from './command.ts';

const help = `Usage: brownout package --scorm 1.2 | --scorm 2004 | --cmi5 --out FILE.zip [OPTIONS]

Makes a package for a learning platform (LMS) from the built site: run \`npm run build\` first.

  --scorm 1.2       for SCORM 1.2
  --scorm 2004      for SCORM 2004, 4th Edition
  --cmi5            for cmi5
  --chapter NAME    one chapter, by number or name (11, load-balancing); by default the course, a unit for each chapter
  --site URL        where the public course is: links that lead out of the package go there, in a tab of their own;
                    by default they are shown as plain text
  --out FILE.zip    writes there

The platform is told what was read and answered, and keeps it: a learner goes on in another browser where they were. A
chapter is complete when every section was read and every question of its quiz was answered once, right or wrong. The
score is how many questions were answered right last; the keys are in the package and the browser counts, so it is for
practice: for grades, see \`brownout grade\`. cmi5 takes a score once, when the chapter is completed. What a learner had
done before in the same browser counts; code they change in a lab stays in that browser. SCORM 1.2 keeps 4,096
characters: where that is too little, long answers are left out first, and the page says so.

Before it is written, the package is searched for what only a grader may have: the keys of graded questions and the
hidden checks of exercises. It works at any address, in a frame, without a service worker; it has no search and opens
nothing by itself.
The same site gives the same bytes.

Exit code 1: the site is not built, or older than its sources, or holds a grader's secret. 2: asked wrongly.
`;
const known = { scorm: '1.2|2004', cmi5: null, chapter: 'NAME', site: 'URL', out: 'FILE.zip' } as const;
/** What the built site is made of. */
const SOURCES = ['content', 'sandboxes', 'src'];

export const packageCommand: Command = {
  help,
  async run(args, terminal) {
    const asked = readOptions('package', args, known);
    const standard = standardOf(asked);
    const out = asked.options['out']?.at(-1);
    if (asked.words.length > 0 || out === undefined)
      throw new UsageError(
        '--out FILE.zip',
        asked.words.join(' ') || 'none',
        'see `brownout package --help`',
      );
    const site = siteOf(asked);
    const dist = builtSite();
    const chapters = chaptersOf(plansIn(dist), asked.options['chapter']?.at(-1));
    // What they bring along is needed by no other command.
    const { leaks } = await import('./leaks.ts');
    const { lmsPlayer } = await import('../build/lms-player.ts');
    const files = packageFiles({ dist, standard, chapters, site, player: lmsPlayer() });
    const bytes = await zipOf('', files);
    mustHold(leaks([[out, bytes]]));
    write(resolve(terminal.folder, out), bytes);
    const what = `${chapters.length} ${chapters.length === 1 ? 'chapter' : 'chapters'}`;
    const size = `${Object.keys(files).length} files, ${(bytes.length / 1e6).toFixed(1)} MB`;
    terminal.out(`${out}: ${standard}, ${what}, ${size}\n`);
    return 0;
  },
};

function mustHold(secrets: readonly string[]): void {
  const [first, ...others] = secrets;
  if (first === undefined) return;
  throw new RunProblem({
    expected: "no secret of the grader's in the package",
    found: `${first}${others.length === 0 ? '' : `, and ${others.length} more`}`,
    fix: 'find what put it into the site; nothing was written.',
  });
}

function standardOf({ options }: Asked): Standard {
  const forms = [
    ...(options['scorm'] ?? []).map((version) => `--scorm ${version}`),
    ...(options['cmi5'] ?? []).map(() => '--cmi5'),
  ];
  const standards: Readonly<Record<string, Standard>> = {
    '--scorm 1.2': 'scorm-1.2',
    '--scorm 2004': 'scorm-2004',
    '--cmi5': 'cmi5',
  };
  const found = forms.length === 1 ? standards[forms[0] ?? ''] : undefined;
  if (found !== undefined) return found;
  throw new UsageError(
    `one of ${Object.keys(standards).join(', ')}`,
    forms.length === 0 ? 'none' : `'${forms.join(' ')}'`,
    'see `brownout package --help`',
  );
}

/** Without its last slash. */
function siteOf({ options }: Asked): string | null {
  const text = options['site']?.at(-1);
  if (text === undefined) return null;
  if (/^https?:\/\/[^\s"'<>?#]+$/.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw new UsageError('--site URL, such as https://course.example', `'${text}'`, 'correct it');
}

function chaptersOf(all: readonly ChapterPlan[], name: string | undefined): readonly ChapterPlan[] {
  if (name === undefined) return all;
  const found = all.find(({ slug, number }) => slug === name || Number(name) === number);
  if (found !== undefined) return [found];
  const names = all.map(({ slug, number }) => `${number} or ${slug}`);
  throw new UsageError(`--chapter of ${names.join(', ')}`, `'${name}'`, 'correct the name');
}

function builtSite(): Dist {
  const root = inRepository('dist');
  // Written last by the build.
  const built = statSync(join(root, '_headers'), { throwIfNoEntry: false });
  if (built === undefined)
    throw new RunProblem({
      expected: 'the built site in dist/',
      found: 'none',
      fix: 'run `npm run build` first.',
    });
  const newer = SOURCES.flatMap((folder) => filesBelow(folder)).find(
    (path) => statSync(inRepository(path)).mtimeMs > built.mtimeMs,
  );
  if (newer !== undefined)
    throw new RunProblem({
      expected: 'a built site that is newer than its sources',
      found: `${newer} changed since`,
      fix: 'run `npm run build` again.',
    });
  return (path) => {
    try {
      return new Uint8Array(readFileSync(join(root, path))) as Bytes;
    } catch {
      return null;
    }
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(inRepository(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(inRepository().length + 1))
    .sort();
}

function write(file: string, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UsageError('--out FILE.zip that can be written', error.message, 'name another file');
  }
}
