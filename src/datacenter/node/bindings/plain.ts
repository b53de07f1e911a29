// Bindings that are constants and little else: what the pinned Node printed of itself at build time.
// Called by registry.ts.

import { currentFrame, setFrame } from '../async-context.ts';
import { lazily } from '../lazily.ts';
import type { Data } from '../library.ts';
import { environmentFlags } from '../process-environment.ts';
import type { Binding, Realm } from '../realm.ts';
import { refuseCall } from '../refused.ts';

/** A copy of a binding's constants that the library may keep or change. */
export function constantsOf(realm: Realm, name: string): Binding {
  return structuredClone(realm.library.data(name)) as Binding;
}

export const constants = (realm: Realm): Binding => {
  const all = constantsOf(realm, 'constants');
  for (const name of LATE_CONSTANTS) lazily(all, name, () => constantsOf(realm, `constants_${name}`));
  lazily(all, 'zlib', () => zlibConstants(realm));
  return all;
};

/** What few programs ask for, and a page therefore fetches late. */
const LATE_CONSTANTS = ['crypto', 'trace'];

function zlibConstants(realm: Realm): object {
  // JSON, in which the library comes, has no word for infinity.
  const zlib = Object.entries(constantsOf(realm, 'constants_zlib')).flatMap(([name, value]) =>
    name === 'Z_MIN_CHUNK'
      ? [[name, value] as const, ['Z_MAX_CHUNK', Number.POSITIVE_INFINITY] as const]
      : [[name, value] as const],
  );
  return Object.fromEntries(zlib);
}

export const config = (realm: Realm): Binding => ({
  ...constantsOf(realm, 'config'),
  hasInspector: false,
  hasOpenSSL: true,
  fipsMode: false,
  hasTracing: false,
  getDefaultLocale: () => 'en-US',
});

export const uv = (realm: Realm): Binding => {
  const { errorMap, ...codes } = realm.library.data('uv');
  const map = new Map(errorMap as readonly (readonly [number, readonly [string, string]])[]);
  const binding: Binding = {
    ...codes,
    getErrorMap: () => new Map(map),
    getErrorMessage: (errno: number) => map.get(errno)?.[1] ?? `Unknown system error ${errno}`,
    errname: (errno: number) => map.get(errno)?.[0] ?? `Unknown system error ${errno}`,
  };
  for (const code of Object.keys(codes)) Object.defineProperty(binding, code, { writable: false });
  return binding;
};

const perThreadSymbols = new Map<string, symbol>();

/** The same symbol in every realm of a thread, as V8's per-isolate symbols are. */
export function perThreadSymbol(name: string): symbol {
  let symbol = perThreadSymbols.get(name);
  if (symbol === undefined) {
    symbol = Symbol(name);
    perThreadSymbols.set(name, symbol);
  }
  return symbol;
}

export const symbols = (realm: Realm): Binding => {
  const names = realm.library.data('symbols') as unknown as readonly string[];
  return Object.fromEntries(names.map((name) => [name, perThreadSymbol(name)]));
};

/** What flags of the command line set, by option: `--no-warnings` makes `--warnings` false. */
function flagValues(flags: readonly string[], known: Record<string, Data>): Record<string, Data> {
  const set: Record<string, Data> = {};
  for (const flag of flags) {
    const [, written = flag, , value] = /^([^=]*)(=(.*))?$/s.exec(flag) ?? [];
    const name = written.replaceAll('_', '-');
    const positive = name.replace(/^--no-/, '--');
    const negative = name.replace(/^--/, '--no-');
    if (name !== positive && positive in known) Object.assign(set, { [positive]: false, [name]: true });
    else if (typeof known[name] === 'boolean') Object.assign(set, { [name]: true, [negative]: false });
    else if (typeof known[name] === 'number') set[name] = Number(value);
    else if (Array.isArray(known[name])) set[name] = [...((set[name] ?? []) as Data[]), value ?? ''];
    else set[name] = value ?? true;
  }
  return set;
}

export const options = (realm: Realm): Binding => {
  const { values, embedder, ...rest } = structuredClone(realm.library.data('options')) as Record<
    string,
    Data
  >;
  const { flags, environment } = realm.options;
  const own = {
    ...(values as object),
    '--expose-internals': false,
    '--verify-base-objects': false,
    '--warnings': true,
    '--no-warnings': false,
    ...flagValues([...environmentFlags(environment), ...flags], values as Record<string, Data>),
  };
  return {
    ...rest,
    getCLIOptionsValues: () => own,
    getCLIOptionsInfo: () => optionsInfo(realm),
    getEmbedderOptions: () => embedder,
    getOptionsAsFlags: () => [],
  };
};

function optionsInfo(realm: Realm) {
  const { info, aliases } = realm.library.data('options_info');
  return {
    options: new Map(
      (info as readonly (readonly [string, number, number])[]).map(([name, envVarSettings, type]) => [
        name,
        { helpText: '', envVarSettings, type, defaultIsTrue: false },
      ]),
    ),
    aliases: new Map(
      structuredClone(aliases) as unknown as readonly (readonly [string, readonly string[]])[],
    ),
  };
}

export const builtins = (realm: Realm): Binding => ({
  ...realm.library.data('builtins'),
  get config() {
    return realm.library.data('build_config')['text'];
  },
  natives: {},
  builtinCategories: {},
  hasCachedBuiltins: () => true,
});

export const mksnapshot = (): Binding => ({
  setSerializeCallback: () => undefined,
  setDeserializeCallback: () => undefined,
  setDeserializeMainFunction: () => undefined,
  isBuildingSnapshotBuffer: new Uint8Array(1),
  runEmbedderPreload: () => undefined,
  anonymousMainPath: '__node_anonymous_main',
});

/** No machine has a terminal. */
export const ttyWrap = (realm: Realm): Binding => ({ ...constantsOf(realm, 'tty_wrap'), isTTY: () => false });

export const permission = (): Binding => ({ has: () => true, drop: () => undefined });

export const traceEvents = (): Binding => {
  const never = new Uint8Array(1);
  return {
    getCategoryEnabledBuffer: () => never,
    isTraceCategoryEnabled: () => false,
    getEnabledCategories: () => undefined,
    setTraceCategoryStateUpdateHandler: () => undefined,
    trace: () => undefined,
  };
};

export const diagnosticsChannel = (): Binding => ({
  subscribers: new Uint32Array(1024),
  linkNativeChannel: () => undefined,
});

const refuseAdvanced = (): never => {
  throw new Error("expected serialization: 'json', found 'advanced': the data center sends messages as JSON");
};

export const ipcSerdes = (): Binding => ({ serialize: refuseAdvanced, deserialize: refuseAdvanced });

export const internalOnlyV8 = (): Binding => ({ queryObjects: refuseCall('v8.queryObjects()') });

export const asyncContextFrame = (): Binding => ({
  getContinuationPreservedEmbedderData: currentFrame,
  setContinuationPreservedEmbedderData: setFrame,
});
