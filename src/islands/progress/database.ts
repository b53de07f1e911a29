// The IndexedDB that holds progress: its stores, its version, and one change at a time in one transaction. Knows no
// shapes: what it reads is unknown to its callers. Closes itself when a newer version of the site opens it. Where
// IndexedDB is forbidden, broken or does not answer, opening is refused with an error. Called by progress.ts.
import type { Aside } from './records.ts';

export interface Change {
  readonly put: readonly (readonly [key: string, record: unknown])[];
  readonly drop?: readonly string[];
  readonly aside: readonly Aside[];
  /** That version 1 was taken over. */
  readonly mark?: boolean;
}
export interface Everything {
  readonly rows: readonly (readonly [key: string, record: unknown])[];
  readonly asides: readonly unknown[];
  readonly isMarked: boolean;
}

/** What progress.ts needs; tests have one of their own. */
export interface Backing {
  readAll(): Promise<Everything>;
  read(keys: readonly string[]): Promise<Map<string, unknown>>;
  /** Reads `keys`, asks, and writes the answer: all in one transaction, or nothing. */
  change(keys: readonly string[], decide: (stored: Map<string, unknown>) => Change): Promise<void>;
  /** Empties everything but the mark. */
  clear(): Promise<void>;
  /** Called when it can be used no longer. */
  onGone: () => void;
}

/** The database's version; the format of the records is in records.ts. */
const version = 2;
const stores = ['records', 'aside', 'meta'] as const;
const marked = 'version 1 was taken over';
const patienceMs = 4_000;

/** `name` is another one only where what is stored under the first is not ours. */
export async function openDatabase(name = 'brownout'): Promise<Backing> {
  const database = await opened(name);
  if (stores.every((store) => database.objectStoreNames.contains(store))) return new Database(database);
  database.close();
  if (name === 'brownout') return openDatabase('brownout-spare');
  throw new Error('expected the stores of version 2, found others');
}

function opened(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the database does not answer')), patienceMs);
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion !== 0) return;
      const { result } = request;
      result.createObjectStore('records');
      result.createObjectStore('aside', { autoIncrement: true });
      result.createObjectStore('meta');
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      resolve(request.result);
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error ?? new Error('the database could not be opened'));
    };
  });
}

class Database implements Backing {
  onGone: () => void = () => undefined;
  readonly #database: IDBDatabase;

  constructor(database: IDBDatabase) {
    this.#database = database;
    database.onversionchange = () => {
      database.close();
      this.onGone();
    };
    database.onclose = () => this.onGone();
  }

  async readAll(): Promise<Everything> {
    const work = this.#database.transaction(stores, 'readonly');
    const records = work.objectStore('records');
    const [keys, values, asides, mark] = await Promise.all([
      answer(records.getAllKeys()),
      answer<unknown[]>(records.getAll()),
      answer<unknown[]>(work.objectStore('aside').getAll()),
      answer<unknown>(work.objectStore('meta').get(marked)),
    ]);
    const rows = keys.map((key, index) => [String(key), values[index]] as const);
    return { rows, asides, isMarked: mark !== undefined };
  }

  async read(keys: readonly string[]): Promise<Map<string, unknown>> {
    const records = this.#database.transaction('records', 'readonly').objectStore('records');
    return found(records, keys);
  }

  async change(keys: readonly string[], decide: (stored: Map<string, unknown>) => Change): Promise<void> {
    const work = this.#database.transaction(stores, 'readwrite');
    const ended = end(work);
    ended.catch(() => undefined);
    const records = work.objectStore('records');
    const { put, drop, aside, mark } = decide(await found(records, keys));
    for (const [key, record] of put) records.put(record, key);
    for (const key of drop ?? []) records.delete(key);
    for (const one of aside) work.objectStore('aside').add(one);
    if (mark === true) work.objectStore('meta').put(Date.now(), marked);
    work.commit();
    await ended;
  }

  async clear(): Promise<void> {
    const work = this.#database.transaction(stores, 'readwrite');
    work.objectStore('records').clear();
    work.objectStore('aside').clear();
    work.objectStore('meta').put(Date.now(), marked);
    await end(work);
  }
}

async function found(records: IDBObjectStore, keys: readonly string[]): Promise<Map<string, unknown>> {
  const values = await Promise.all(keys.map((key) => answer<unknown>(records.get(key))));
  return new Map(keys.flatMap((key, index) => (values[index] === undefined ? [] : [[key, values[index]]])));
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function end(work: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    work.oncomplete = () => resolve();
    work.onabort = () => reject(work.error ?? new Error('the write was given up'));
  });
}
