// Many requests miss the same key at once. Need each of them load it?
// Decides only who loads; aside.ts says how, and a load leaves its copy in the cache before it is done. As it stands
// everybody loads: the exercise `single-flight` asks you to mend that. Called by aside.ts for every load.

// #region single-flight
/** What `load` gives. `key` says what it loads. A load ends, well or badly, within a second. */
export function once<T>(_key: string, load: () => Promise<T>): Promise<T> {
  return load();
}
// #endregion
