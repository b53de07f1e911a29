// XML as text, element by element, for manifests. Escapes all values; refuses no name, for all names are ours.
// Called by manifests.ts.

export type Attributes = Readonly<Record<string, string>>;

export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const open = `<${name}${given.join('')}`;
  if (children.length === 0) return `${open}/>`;
  const inner = children.join('\n').replace(/^/gm, '  ');
  return `${open}>\n${inner}\n</${name}>`;
}

export function textElement(name: string, attributes: Attributes, text: string): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${given.join('')}>${escaped(text)}</${name}>`;
}

export function document(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
