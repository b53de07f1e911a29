// Async ids and the stack of execution contexts, as async_hooks keeps them; and AsyncWrap, the base of every
// native handle and request, of which hooks hear. Of promises they hear where these are the engine's own (realm-jobs.ts):
// JavaScript cannot see others made; and nothing tells of garbage. Called by registry.ts, realm.ts and handles.
import { keepFrameOf } from '../async-context.ts';
import type { PromiseHooks } from '../job-promise.ts';
import type { Binding, Realm } from '../realm.ts';

interface Fields {
  readonly hooks: Uint32Array;
  readonly ids: Float64Array;
  readonly resources: unknown[];
  emit: NativeHooks | null;
  /** Ids whose destruction is still to be told. */
  readonly gone: number[];
}

/** What internal/async_hooks has the native side call. */
interface NativeHooks {
  readonly init: (id: number, type: string, triggerId: number, resource: object) => void;
  readonly before: (id: number) => void;
  readonly after: (id: number) => void;
  readonly destroy: (id: number) => void;
}

const fieldsByRealm = new WeakMap<Realm, Fields>();

// Places in the arrays, as internal/async_hooks reads them.
const K_INIT = 0;
const K_BEFORE = 1;
const K_AFTER = 2;
const K_DESTROY = 3;
const K_CHECK = 6;
const K_STACK_LENGTH = 7;
const K_EXECUTION_ID = 0;
const K_TRIGGER_ID = 1;
const K_COUNTER = 2;
const K_DEFAULT_TRIGGER = 3;

function fieldsOf(realm: Realm): Fields {
  let fields = fieldsByRealm.get(realm);
  if (fields === undefined) {
    const hooks = new Uint32Array(9);
    hooks[K_CHECK] = 1;
    const ids = new Float64Array(4);
    ids[K_COUNTER] = 1;
    ids[K_DEFAULT_TRIGGER] = -1;
    fields = { hooks, ids, resources: [], emit: null, gone: [] };
    fieldsByRealm.set(realm, fields);
  }
  return fields;
}

export const asyncWrap = (realm: Realm): Binding => {
  const { constants, Providers } = realm.library.data('async_wrap');
  const fields = fieldsOf(realm);
  const binding: Binding = {
    constants,
    Providers,
    async_hook_fields: fields.hooks,
    async_id_fields: fields.ids,
    execution_async_resources: fields.resources,
    async_ids_stack: new Float64Array(32),
    setupHooks: (hooks: NativeHooks) => {
      fields.emit = hooks;
    },
    setCallbackTrampoline: () => undefined,
    registerDestroyHook: destroyHookOf(realm, fields),
    // Where promises are the host's: for createHook() alone, whose hooks hear of none; v8.promiseHooks is refused.
    setPromiseHooks: (...hooks: unknown[]) => {
      if (realm.jobs !== null) realm.jobs.hooks = hooks as unknown as PromiseHooks;
    },
    getPromiseHooks: () => Array.from({ length: 4 }, (_, at) => realm.jobs?.hooks[at]),
    queueDestroyAsyncId: (id: number) => tellDestroyed(realm, fields, id),
    executionAsyncResource: (index: number) => fields.resources[index],
  };
  // The library pushes and pops by itself while the stack's array is long enough, and calls us when not.
  binding['pushAsyncContext'] = (asyncId: number, triggerId: number) => {
    const depth = fields.hooks[K_STACK_LENGTH] ?? 0;
    let stack = binding['async_ids_stack'] as Float64Array;
    if (depth * 2 >= stack.length) {
      const longer = new Float64Array(stack.length * 2);
      longer.set(stack);
      stack = longer;
      binding['async_ids_stack'] = longer;
    }
    stack[depth * 2] = fields.ids[K_EXECUTION_ID] ?? 0;
    stack[depth * 2 + 1] = fields.ids[K_TRIGGER_ID] ?? 0;
    fields.hooks[K_STACK_LENGTH] = depth + 1;
    fields.ids[K_EXECUTION_ID] = asyncId;
    fields.ids[K_TRIGGER_ID] = triggerId;
  };
  binding['popAsyncContext'] = () => {
    const depth = fields.hooks[K_STACK_LENGTH] ?? 0;
    if (depth === 0) return false;
    const stack = binding['async_ids_stack'] as Float64Array;
    fields.ids[K_EXECUTION_ID] = stack[depth * 2 - 2] ?? 0;
    fields.ids[K_TRIGGER_ID] = stack[depth * 2 - 1] ?? 0;
    fields.hooks[K_STACK_LENGTH] = depth - 1;
    return depth > 1;
  };
  binding['clearAsyncIdStack'] = () => {
    fields.resources.length = 0;
    fields.hooks[K_STACK_LENGTH] = 0;
    fields.ids[K_EXECUTION_ID] = 0;
    fields.ids[K_TRIGGER_ID] = 0;
  };
  return binding;
};

type DestroyHook = (resource: object, id: number, seen?: { readonly destroyed: boolean }) => void;

/** Only programs that collect garbage by themselves hear of it: at what other time it is collected is chance. */
function destroyHookOf(realm: Realm, fields: Fields): DestroyHook {
  if (realm.options.collectGarbage === undefined) return () => undefined;
  const registry = new FinalizationRegistry<{ id: number; seen: { destroyed: boolean } | undefined }>(
    ({ id, seen }) => {
      if (seen?.destroyed !== true) tellDestroyed(realm, fields, id);
    },
  );
  return (resource, id, seen) => registry.register(resource, { id, seen });
}

function tellDestroyed(realm: Realm, fields: Fields, id: number): void {
  fields.gone.push(id);
  if (fields.gone.length > 1) return;
  realm.process.post(() => {
    const ids = fields.gone.splice(0);
    realm.makeCallback(undefined, () => {
      for (const each of ids) fields.emit?.destroy(each);
    });
  });
}

/** Base of native objects that have an async id. One class a realm, so that ids count by process. */
export class AsyncWrap {
  #asyncId = 0;
  #triggerId = 0;
  readonly #realm: Realm;
  readonly #fields: Fields;
  #provider: string;
  #hasEnded = false;

  /** `resource` is what hooks are told of: by default the object itself. One without a provider begins by asyncReset(). */
  constructor(realm: Realm, provider: string, resource?: object) {
    this.#realm = realm;
    this.#fields = fieldsOf(realm);
    this.#provider = provider;
    if (provider !== '') this.#begin(resource ?? this);
  }

  getAsyncId(): number {
    return this.#asyncId;
  }

  asyncReset(resource?: unknown, provider = this.#provider): void {
    this.#provider = provider;
    if (this.#asyncId !== 0) AsyncWrap.ended(this);
    this.#begin(resource !== null && typeof resource === 'object' ? resource : this);
  }

  getProviderType(): number {
    const providers = this.#realm.library.data('async_wrap')['Providers'] as Readonly<Record<string, number>>;
    return providers[this.#provider] ?? 0;
  }

  /** Such as `TCPSERVERWRAP`. */
  get providerName(): string {
    return this.#provider;
  }

  /** Before a callback of `receiver`, whatever that is: `push` is the library's pushAsyncContext. */
  static enter(receiver: unknown, push: PushContext): void {
    if (!isWrap(receiver)) {
      push(0, 0, receiver);
      return;
    }
    push(receiver.#asyncId, receiver.#triggerId, receiver);
    const { hooks, emit } = receiver.#fields;
    if ((hooks[K_BEFORE] ?? 0) > 0) emit?.before(receiver.#asyncId);
  }

  /** After it, where it has not thrown. */
  static leave(receiver: unknown, pop: (id: number) => unknown): void {
    const id = isWrap(receiver) ? receiver.#asyncId : 0;
    if (isWrap(receiver) && (receiver.#fields.hooks[K_AFTER] ?? 0) > 0) receiver.#fields.emit?.after(id);
    pop(id);
  }

  /** A handle was closed, or a request is done; once. */
  static ended(receiver: unknown): void {
    if (!isWrap(receiver) || receiver.#hasEnded) return;
    receiver.#hasEnded = true;
    if ((receiver.#fields.hooks[K_DESTROY] ?? 0) === 0) return;
    tellDestroyed(receiver.#realm, receiver.#fields, receiver.#asyncId);
  }

  #begin(resource: object): void {
    const { hooks, ids, emit } = this.#fields;
    this.#hasEnded = false;
    this.#asyncId = (ids[K_COUNTER] ?? 0) + 1;
    ids[K_COUNTER] = this.#asyncId;
    const byDefault = ids[K_DEFAULT_TRIGGER] ?? -1;
    this.#triggerId = byDefault >= 0 ? byDefault : (ids[K_EXECUTION_ID] ?? 0);
    keepFrameOf(this);
    if ((hooks[K_INIT] ?? 0) > 0) emit?.init(this.#asyncId, this.#provider, this.#triggerId, resource);
  }
}

type PushContext = (id: number, triggerId: number, resource: unknown) => void;
const isWrap = (value: unknown): value is AsyncWrap => value instanceof AsyncWrap;
