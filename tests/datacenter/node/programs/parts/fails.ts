// Types of several lines before an error, which must keep its line.
// Imported by stack.mjs.
interface Long {
  a: string;
  b: number;
}

export function fail(message: string, _long?: Long): never {
  const typed = message as unknown as string;
  throw new Error(typed);
}
