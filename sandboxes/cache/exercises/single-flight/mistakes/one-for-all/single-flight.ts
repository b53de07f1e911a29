// A wrong answer to the exercise `single-flight`: there is one place for a load, whatever its key.
// Whoever asks for one item while another is being loaded gets the other.

let underWay: Promise<unknown> | undefined;

export function once<T>(_key: string, load: () => Promise<T>): Promise<T> {
  underWay ??= load().finally(() => {
    underWay = undefined;
  });
  return underWay as Promise<T>;
}
