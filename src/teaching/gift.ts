// A chapter's quiz as questions of Moodle's bank, in its GIFT format, with the feedback of every option. Pure.
// Refuses nothing: what GIFT cannot carry (order, lines of code, a pattern without end) is listed with its reason.
// Checked against docs.moodle.org/en/GIFT_format. Called by cli/gift.ts.
import { draw, firstSeed } from '../grading/draw.ts';
import type {
  ChoiceQuestion,
  Exhibit,
  MatchQuestion,
  NumberQuestion,
  Question,
  Quiz,
  TextQuestion,
} from '../grading/quiz.ts';
import { category, escaped, html, plain, wordsOf } from './gift-text.ts';
import { escaped as escapedHtml } from './html.ts';
import { phrasings } from './phrasings.ts';

export interface GiftChapter {
  /** Begins the title of every question: `13-caching`. */
  readonly name: string;
  /** Folder in the bank: `['Brownout', '13 Remembering']`. */
  readonly category: readonly string[];
  readonly quiz: Pick<Quiz, 'questions'>;
}
export interface LeftOut {
  /** Of which question. */
  readonly id: string;
  /** `order`, `line`, or `pattern` where the question itself is there. */
  readonly what: string;
  readonly reason: string;
}
export interface Gift {
  readonly text: string;
  /** How many questions; one with parameters counts for each of its draws. */
  readonly written: number;
  readonly leftOut: readonly LeftOut[];
}

/** The part between the braces, or why there is none; and what of it is missing. */
interface Body {
  readonly ask: string;
  readonly answers: readonly string[];
  readonly leftOut?: readonly LeftOut[];
}
type Written = Body | { readonly reason: string };

/** Moodle asks for three things to choose from. */
const choicesMin = 3;

/** `draws`: how many questions are made of one with parameters; they get a folder of their own to draw from. */
export function giftOf(chapter: GiftChapter, draws: number): Gift {
  const leftOut: LeftOut[] = [];
  const blocks: string[] = [];
  let [folder, written] = ['', 0];
  for (const question of chapter.quiz.questions) {
    const made = drawsOf(question, draws);
    for (const [index, one] of made.entries()) {
      const body = bodyOf(one);
      if ('reason' in body) {
        leftOut.push({ id: question.id, what: question.kind, reason: body.reason });
        break;
      }
      if (index === 0) leftOut.push(...(body.leftOut ?? []));
      const hasParameters = one.kind === 'number' && one.template !== undefined;
      const path = category([...chapter.category, ...(hasParameters ? [question.id] : [])]);
      if (path !== folder) blocks.push(path);
      folder = path;
      const number = made.length === 1 ? '' : `, ${index + 1} of ${made.length}`;
      blocks.push(block(`${chapter.name} ${question.id}${number}`, body));
      written++;
    }
  }
  return { text: blocks.map((each) => `${each}\n\n`).join(''), written, leftOut };
}

function block(title: string, { ask, answers }: Body): string {
  const [first = '', ...rest] = answers;
  // A `#` right after the brace makes a question one about numbers.
  const open = first === '#' ? '{#' : `{\n\t${first}`;
  return `::${escaped(title)}::${html(ask)}${[open, ...rest].join('\n\t')}\n}`;
}

/** The question itself, or what several seeds make of it, none asked twice; fewer where there are not so many. */
function drawsOf(question: Question, draws: number): readonly Question[] {
  if (question.kind !== 'number' || question.template === undefined) return [question];
  const made = new Map<string, Question>();
  for (let seed = firstSeed; seed < firstSeed + seedsMax && made.size < draws; seed++) {
    const one = draw(question.template, seed);
    if (!made.has(one.ask)) made.set(one.ask, one);
  }
  return [...made.values()];
}
const seedsMax = 200;

function bodyOf(question: Question): Written {
  switch (question.kind) {
    case 'one':
    case 'many':
      return choiceBody(question);
    case 'number':
      return numberBody(question);
    case 'match':
      return matchBody(question);
    case 'text':
      return textBody(question);
    case 'order':
      return { reason: 'GIFT has no question whose answers are put in order' };
    case 'line':
      return { reason: `GIFT has no question about a line of ${nameOf[question.source]}` };
  }
}
const nameOf = { code: 'a program', trace: 'a trace' };

function choiceBody({ kind, ask, exhibit, options }: ChoiceQuestion): Body {
  const right = options.filter((option) => option.right).length;
  const weight = (isRight: boolean): string => {
    if (kind === 'one') return isRight ? '=' : '~';
    // Whoever marks everything earns nothing. Moodle knows these shares with five digits.
    return `~%${share(isRight ? right : right - options.length)}%`;
  };
  return {
    ask: exhibit === undefined ? ask : `${ask}${table(exhibit)}`,
    answers: options.map((option) => `${weight(option.right)}${html(option.text)}#${html(option.feedback)}`),
  };
}

function share(of: number): string {
  return String(Number((100 / of).toFixed(5)));
}

function numberBody({ ask, unit, answer, tolerance, right, wrong, mistakes }: NumberQuestion): Written {
  const ranges = [
    { weight: 100, middle: answer, tolerance, feedback: right },
    ...mistakes.map(({ from, to, feedback }) => ({
      weight: 0,
      middle: (from + to) / 2,
      tolerance: (to - from) / 2,
      feedback,
    })),
  ];
  if (ranges.some((range) => !Number.isFinite(range.middle) || !Number.isFinite(range.tolerance)))
    return { reason: 'GIFT has no numbers without end' };
  return {
    ask: unit === '' ? ask : `${ask} (Unit: ${escapedHtml(unit)})`,
    answers: [
      '#',
      ...ranges.map(
        (range) =>
          `=%${range.weight}%${tidy(range.middle, 12)}:${tidy(range.tolerance, 9)}#${html(range.feedback)}`,
      ),
      `~#${html(wrong)}`,
    ],
  };
}

/** Without the binary dust of 0.1 + 0.2, and of a tolerance that is the difference of larger numbers. */
function tidy(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/** GIFT has no feedback for a pair: it stands in the general feedback, which Moodle shows after the answer. */
function matchBody({ ask, pairs, choices }: MatchQuestion): Written {
  const texts = choices.map((choice) => plain(wordsOf(choice.text)));
  if (texts.some((text) => text === null))
    return { reason: 'a choice holds `&&` and three digits, which Moodle reads as something else' };
  const others = choices.flatMap((choice, index) => {
    const { feedback } = choice;
    return feedback === undefined || pairs.some((pair) => pair.right === index)
      ? []
      : [{ text: texts[index], said: `<li>${choice.text}: ${feedback}</li>` }];
  });
  if (pairs.length + others.length < choicesMin)
    return { reason: `Moodle wants ${choicesMin} things to choose from, and here are fewer` };
  const said = [
    ...pairs.map(
      ({ left, right, feedback }) => `<li>${left} → ${choices[right]?.text ?? ''}: ${feedback}</li>`,
    ),
    ...others.map((other) => other.said),
  ];
  return {
    ask,
    answers: [
      ...pairs.map(({ left, right }) => `=${html(left)} -> ${texts[right] ?? ''}`),
      ...others.map(({ text }) => `= -> ${text}`),
      `####${html(`<ul>${said.join('')}</ul>`)}`,
    ],
  };
}

/** Patterns as all that they match; an answer that is none of it gets the feedback for wrong ones. */
function textBody({ id, ask, answer, accept, right, wrong, mistakes }: TextQuestion): Written {
  const taken = new Set<string>();
  const leftOut: LeftOut[] = [];
  const line = (words: string, weight: number, feedback: string): string[] => {
    const key = words.toLowerCase();
    const text = plain(words.replaceAll('*', '\\*'));
    if (taken.has(key)) return [];
    taken.add(key);
    if (text === null || text === '' || text.includes('->')) {
      const reason = `GIFT cannot carry the answer '${words}'`;
      leftOut.push({ id, what: 'answer', reason });
      return [];
    }
    // An answer may begin as a mark of a format does.
    const mark = text.startsWith('[') ? '[plain]' : '';
    return [`=%${weight}%${mark}${text}#${html(feedback)}`];
  };
  const lines = (pattern: string, weight: number, feedback: string): string[] => {
    const all = phrasings(pattern);
    if (all === null) {
      const reason = `Moodle knows no patterns, and \`${pattern}\` matches too much to be listed`;
      leftOut.push({ id, what: 'pattern', reason });
    }
    return (all ?? []).flatMap((words) => line(words, weight, feedback));
  };
  const rights = [...line(answer, 100, right), ...accept.flatMap((each) => lines(each, 100, right))];
  if (rights.length === 0) return { reason: `GIFT cannot carry its answer '${answer}'` };
  const wrongs = mistakes.flatMap((known) => lines(known.pattern, 0, known.feedback));
  return { ask, answers: [...rights, ...wrongs, `=%0%*#${html(wrong)}`], leftOut };
}

function table({ caption, head, rows }: Exhibit): string {
  const row = (cells: readonly string[], cell: string): string =>
    `<tr>${cells.map((text) => `<${cell}>${escapedHtml(text)}</${cell}>`).join('')}</tr>`;
  const body = rows.map((cells) => row(cells, 'td')).join('');
  return `<table><caption>${escapedHtml(caption)}</caption>${row(head, 'th')}${body}</table>`;
}
