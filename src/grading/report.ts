// 'This question is wrong': what a report says, and the link that carries it. Pure. Nothing is sent from here: the
// reader's own mail program or the issue page is opened with it, or the reader copies it. Called by islands/quiz.

export interface Reported {
  readonly chapter: string;
  readonly question: string;
  /** Which numbers were asked; null where they are always the same. */
  readonly seed: number | null;
  /** The question as the reader sees it, as HTML. */
  readonly ask: string;
}

export function reportText({ chapter, question, seed, ask }: Reported): string {
  return [
    `Chapter: ${chapter}`,
    `Question: ${question}`,
    ...(seed === null ? [] : [`Seed: ${seed}`]),
    `Asked: ${plainText(ask)}`,
    'What is wrong with it: ',
  ].join('\n');
}

/** `address` is mailto:… or the page for new issues, which takes `title` and `body`. */
export function reportLink(address: string, reported: Reported): string {
  const title = `Question ${reported.chapter}/${reported.question} is wrong`;
  const [subject, body] = [encodeURIComponent(title), encodeURIComponent(reportText(reported))];
  const first = address.startsWith('mailto:') ? 'subject' : 'title';
  return `${address}${address.includes('?') ? '&' : '?'}${first}=${subject}&body=${body}`;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** The build's HTML without its tags, for where only text can stand. */
export function plainText(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/&(amp|lt|gt|quot);/g, (_, name: string) => entities[name] ?? '');
}
