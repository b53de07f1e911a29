// Plain text from the course's YAML with the little markup it may have: paragraphs, `code`, *em*, **strong**.
// Everything else stays text; no HTML is made from it. Used by the exercise panel and the faults.

const inline = /(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*)/g;

export function Prose({ text }: { readonly text: string }) {
  return (
    <>
      {text
        .trim()
        .split(/\n\s*\n/)
        .map((paragraph) => (
          <p key={paragraph} class="ck-prose">
            <Inline text={paragraph.replace(/\s*\n\s*/g, ' ')} />
          </p>
        ))}
    </>
  );
}

/** The same within a line. */
export function Inline({ text }: { readonly text: string }) {
  return <>{text.split(inline).map((part, index) => piece(part, index))}</>;
}

function piece(part: string, key: number) {
  if (part.length > 2 && part.startsWith('`') && part.endsWith('`'))
    return <code key={key}>{part.slice(1, -1)}</code>;
  if (part.length > 4 && part.startsWith('**')) return <strong key={key}>{part.slice(2, -2)}</strong>;
  if (part.length > 2 && part.startsWith('*')) return <em key={key}>{part.slice(1, -1)}</em>;
  return part;
}
