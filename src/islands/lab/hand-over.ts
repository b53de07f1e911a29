// How the page hands something to the reader: text to the clipboard, bytes as a file. Both at the reader's click only.
// Never throws for a browser that does not let the page copy: says what to do instead. Called by the Share tool's parts.

/** What became of it, in a sentence. */
export async function copied(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied.';
  } catch {
    return 'This browser does not let the page copy: copy it from the field.';
  }
}

export function save(bytes: Uint8Array<ArrayBuffer>, name: string, type = 'application/octet-stream'): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(url);
}
