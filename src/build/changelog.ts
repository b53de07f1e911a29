// What is new for readers, from content/changelog.yml: newest first, in our words, for the page and the feed.
// Refuses entries out of order and ids used twice. Called by pages/changes.astro and pages/feed.xml.ts.
import { z } from 'zod';
import { complain } from './complain.ts';
import { escapeHtml, inlineHtml } from './inline.ts';
import { readYaml, type YamlFile } from './yaml.ts';

const FILE = 'content/changelog.yml';

const changeSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  date: z.iso.date(),
  title: z.string().min(5),
  text: z.string().min(20),
});

export interface Change extends Omit<z.output<typeof changeSchema>, 'text'> {
  /** The text as HTML. */
  readonly html: string;
}

export function changes(): Change[] {
  return checkedChanges(readYaml(FILE, z.array(changeSchema).min(1)));
}

export function checkedChanges({
  value,
  line,
}: Pick<YamlFile<z.output<typeof changeSchema>[]>, 'value' | 'line'>): Change[] {
  value.forEach(({ id, date }, index) => {
    const newer = value[index - 1];
    if (newer !== undefined && newer.date < date) {
      complain({
        file: FILE,
        ...line([index, 'date']),
        expected: `a date not after ${newer.date}`,
        found: date,
        fix: 'put the newest entry first.',
      });
    }
    if (value.slice(0, index).some((other) => other.id === id)) {
      complain({
        file: FILE,
        ...line([index, 'id']),
        expected: 'an id of its own',
        found: `'${id}' a second time`,
        fix: 'name this entry otherwise.',
      });
    }
  });
  return value.map(({ text, ...rest }) => ({
    ...rest,
    html: inlineHtml(text, (run, name) => `{${run}:${name}}`),
  }));
}

/** The changes as an Atom feed (RFC 4287). `site` is the address of the home page. */
export function atom(list: readonly Change[], site: string): string {
  const at = (path: string): string => escapeHtml(new URL(path, site).href);
  const entries = list.map(
    ({ id, date, title, html }) => `  <entry>
    <id>${at(`/changes/#${id}`)}</id>
    <title>${escapeHtml(title)}</title>
    <updated>${date}T00:00:00Z</updated>
    <link rel="alternate" type="text/html" href="${at(`/changes/#${id}`)}"/>
    <content type="html">${escapeHtml(html.replaceAll('href="/', `href="${new URL('/', site).href}`))}</content>
  </entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>${at('/')}</id>
  <title>Brownout</title>
  <subtitle>What is new in the course.</subtitle>
  <updated>${list[0]?.date ?? '1970-01-01'}T00:00:00Z</updated>
  <author><name>Brownout</name></author>
  <link rel="self" type="application/atom+xml" href="${at('/feed.xml')}"/>
  <link rel="alternate" type="text/html" href="${at('/changes/')}"/>
${entries.join('\n')}
</feed>
`;
}
