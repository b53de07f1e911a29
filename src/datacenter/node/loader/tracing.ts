// Tells of imports and requires on Node's diagnostics channels `module.import` and `module.require`, where anybody
// listens. Costs a look at two flags otherwise. Called by modules.ts and commonjs.ts.
import type { Realm } from '../realm.ts';

interface TracingChannel {
  readonly hasSubscribers: boolean;
  traceSync<T>(run: () => T, context: object): T;
  tracePromise<T>(run: () => Promise<T>, context: object): Promise<T>;
}

type Name = 'module.import' | 'module.require';

const channelsByRealm = new WeakMap<Realm, Map<Name, TracingChannel>>();

function channelOf(realm: Realm, name: Name): TracingChannel {
  let channels = channelsByRealm.get(realm);
  if (channels === undefined) {
    channels = new Map();
    channelsByRealm.set(realm, channels);
  }
  let channel = channels.get(name);
  if (channel === undefined) {
    const { tracingChannel } = realm.requireBuiltin('diagnostics_channel') as {
      tracingChannel: (name: Name) => TracingChannel;
    };
    channel = tracingChannel(name);
    channels.set(name, channel);
  }
  return channel;
}

/** Whether anybody listens. Asked first, so that no frames of ours stand between a program and its error. */
export const isTraced = (realm: Realm, name: Name): boolean => channelOf(realm, name).hasSubscribers;

/** An `import()` of a file. */
export const tracedImport = <T>(realm: Realm, path: string, url: string, run: () => Promise<T>): Promise<T> =>
  channelOf(realm, 'module.import').tracePromise(run, { parentURL: `file://${path}`, url });

/** A `require()` of a file. */
export const tracedRequire = <T>(realm: Realm, parentFilename: string, id: string, run: () => T): T =>
  channelOf(realm, 'module.require').traceSync(run, { parentFilename, id });
