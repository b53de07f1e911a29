// Async ids and the stack of execution contexts, as async_hooks keeps them; and AsyncWrap, the base of every
// native handle and request. Promise hooks are refused by doing nothing: JavaScript cannot see promises.
import type { Binding, Realm } from '../realm.ts';

interface Fields {
  readonly hooks: Uint32Array;
  readonly ids: Float64Array;
  readonly resources: unknown[];
}

const fieldsByRealm = new WeakMap<Realm, Fields>();

// Places in the arrays, as internal/async_hooks reads them.
const K_CHECK = 6;
const K_STACK_LENGTH = 8;
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
    fields = { hooks, ids, resources: [] };
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
    setupHooks: () => undefined,
    setCallbackTrampoline: () => undefined,
    registerDestroyHook: () => undefined,
    setPromiseHooks: () => undefined,
    getPromiseHooks: () => [undefined, undefined, undefined, undefined],
    queueDestroyAsyncId: () => undefined,
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

/** Base of native objects that have an async id. One class a realm, so that ids count by process. */
export class AsyncWrap {
  #asyncId: number;
  readonly #fields: Fields;
  readonly #provider: number;

  constructor(realm: Realm, provider: string) {
    this.#fields = fieldsOf(realm);
    const providers = realm.library.data('async_wrap')['Providers'] as Readonly<Record<string, number>>;
    this.#provider = providers[provider] ?? 0;
    this.#asyncId = this.#nextId();
  }

  getAsyncId(): number {
    return this.#asyncId;
  }

  asyncReset(): void {
    this.#asyncId = this.#nextId();
  }

  getProviderType(): number {
    return this.#provider;
  }

  #nextId(): number {
    const next = (this.#fields.ids[K_COUNTER] ?? 0) + 1;
    this.#fields.ids[K_COUNTER] = next;
    return next;
  }
}
