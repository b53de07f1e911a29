// The engine's compiler in the page, to tell mistakes while a reader types. It only parses: nothing of the reader's runs
// here. Comes as the file that a run with changed files fetches too, so it is fetched once. Called by the lab's editor.
import type { Compile } from './compiled.ts';
import { siteRoot } from './site-root.ts';

const URL_OF_COMPILER = '/engine/compiler.js';

let loading: Promise<Compile> | null = null;

/** Rejects where the file cannot be had; the next call tries again. */
export function pageCompiler(): Promise<Compile> {
  loading ??= load();
  loading.catch(() => {
    loading = null;
  });
  return loading;
}

function load(): Promise<Compile> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = siteRoot() + URL_OF_COMPILER;
    script.onload = () => {
      const { brownoutCompiler } = globalThis as { brownoutCompiler?: Compile };
      if (brownoutCompiler === undefined) reject(new Error('expected a compiler, found another file'));
      else resolve(brownoutCompiler);
    };
    script.onerror = () => reject(new Error(`expected the compiler at ${URL_OF_COMPILER}, found no answer`));
    document.head.append(script);
  });
}
