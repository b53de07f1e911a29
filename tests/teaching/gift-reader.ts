// A small reader of GIFT, from its description (docs.moodle.org/en/GIFT_format), letter by letter: escapes first, then
// marks. Refuses what is no question. Holds no test. Used by gift.test.ts to read back what was written.

/** A letter that stands for itself, or one that may mean something. */
interface Letter {
  readonly letter: string;
  readonly escaped: boolean;
}
export interface ReadAnswer {
  readonly weight: number;
  readonly text: string;
  readonly feedback: string;
}
export interface ReadQuestion {
  readonly category: string;
  readonly title: string;
  readonly text: string;
  readonly kind: 'one' | 'many' | 'number' | 'match' | 'text';
  readonly answers: readonly ReadAnswer[];
  readonly pairs: readonly { readonly left: string; readonly right: string }[];
  readonly general: string;
}

export function readGift(file: string): ReadQuestion[] {
  let category = '';
  const read: ReadQuestion[] = [];
  for (const block of file.split(/\n[ \t]*\n/)) {
    const lines = block.split('\n').filter((line) => !line.trim().startsWith('//'));
    const letters = lettersOf(lines.join('\n').trim());
    if (letters.length === 0) continue;
    if (shown(letters).startsWith('$CATEGORY:')) category = shown(letters.slice('$CATEGORY:'.length));
    else read.push(questionOf(letters, category));
  }
  return read;
}

function lettersOf(text: string): Letter[] {
  const letters: Letter[] = [];
  for (let at = 0; at < text.length; at++) {
    const next = text[at + 1] ?? '';
    const isEscape = text[at] === '\\' && '\\~=#{}:n'.includes(next) && next !== '';
    letters.push(
      isEscape
        ? { letter: next === 'n' ? '\n' : next, escaped: true }
        : { letter: text[at] ?? '', escaped: false },
    );
    if (isEscape) at++;
  }
  return letters;
}

function questionOf(letters: readonly Letter[], category: string): ReadQuestion {
  const [, title = [], ...rest] = split(letters, '::', 3);
  const body = rest[0] ?? [];
  const open = find(body, '{');
  const close = find(body, '}');
  if (open < 0 || close !== body.length - 1) throw new Error(`no question: ${shown(letters)}`);
  const inside = trimmed(body.slice(open + 1, close));
  const end = findLast(inside, '####');
  const answers = end < 0 ? inside : trimmed(inside.slice(0, end));
  const general = end < 0 ? '' : formatted(inside.slice(end + 4));
  const shared = { category, title: shown(title), text: formatted(body.slice(0, open)), general, pairs: [] };
  const bare = answers.map(({ letter, escaped }) => (escaped ? '.' : letter)).join('');
  if (bare.startsWith('#')) return { ...shared, kind: 'number', answers: numbersOf(answers.slice(1)) };
  if (bare.includes('~')) {
    const kind = bare.includes('=') ? 'one' : 'many';
    return { ...shared, kind, answers: choicesOf(answers) };
  }
  if (bare.includes('->')) {
    const pairs = split(answers, '=')
      .slice(1)
      .map((pair) => {
        const [left = [], ...right] = split(trimmed(pair), '->', 2);
        return { left: formatted(left), right: shown(right.flat()) };
      });
    return { ...shared, kind: 'match', answers: [], pairs };
  }
  const texts = split(answers, '=').slice(1);
  return { ...shared, kind: 'text', answers: texts.map((text) => answerOf(trimmed(text), 100)) };
}

function choicesOf(answers: readonly Letter[]): ReadAnswer[] {
  const marks = answers.flatMap(({ letter, escaped }, at) => (!escaped && '~='.includes(letter) ? [at] : []));
  return marks.map((at, index) => {
    const text = trimmed(answers.slice(at + 1, marks[index + 1]));
    return answerOf(text, answers[at]?.letter === '=' ? 100 : 0);
  });
}

function numbersOf(answers: readonly Letter[]): ReadAnswer[] {
  const [known = [], ...wrong] = split(answers, '~', 2);
  const ranges = split(known, '=').slice(1);
  return [...ranges.map((range) => answerOf(trimmed(range), 100)), ...wrong.map((text) => answerOf(text, 0))];
}

function answerOf(letters: readonly Letter[], otherwise: number): ReadAnswer {
  const weight = /^%(-?[\d.]+)%/.exec(
    letters.map(({ letter, escaped }) => (escaped ? '.' : letter)).join(''),
  );
  const [text = [], feedback = []] = split(letters.slice(weight?.[0].length ?? 0), '#', 2);
  return {
    weight: weight === null ? otherwise : Number(weight[1]),
    text: formatted(text),
    feedback: formatted(feedback),
  };
}

/** The text without its `[html]`. */
function formatted(letters: readonly Letter[]): string {
  return shown(letters)
    .replace(/^\[(?:html|plain|markdown|moodle)\]/, '')
    .trim();
}

function shown(letters: readonly Letter[]): string {
  return letters
    .map(({ letter }) => letter)
    .join('')
    .trim();
}

function trimmed(letters: readonly Letter[]): readonly Letter[] {
  const isBlank = ({ letter, escaped }: Letter): boolean => !escaped && letter.trim() === '';
  const first = letters.findIndex((letter) => !isBlank(letter));
  return first < 0 ? [] : letters.slice(first, letters.findLastIndex((letter) => !isBlank(letter)) + 1);
}

function find(letters: readonly Letter[], mark: string): number {
  return letters.findIndex((_, at) => isAt(letters, mark, at));
}

function findLast(letters: readonly Letter[], mark: string): number {
  return letters.findLastIndex((_, at) => isAt(letters, mark, at));
}

function isAt(letters: readonly Letter[], mark: string, at: number): boolean {
  return [...mark].every((letter, index) => {
    const there = letters[at + index];
    return there?.letter === letter && !there.escaped;
  });
}

/** At every mark that is not escaped, into `most` parts at most. */
function split(
  letters: readonly Letter[],
  mark: string,
  most = Number.POSITIVE_INFINITY,
): (readonly Letter[])[] {
  const parts: (readonly Letter[])[] = [];
  let left = letters;
  for (let at = find(left, mark); at >= 0 && parts.length < most - 1; at = find(left, mark)) {
    parts.push(left.slice(0, at));
    left = left.slice(at + mark.length);
  }
  return [...parts, left];
}
