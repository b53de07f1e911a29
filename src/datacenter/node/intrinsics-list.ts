// data table: the built-ins of JavaScript that programs share with the engine, and of them those that the engine and
// Node's library call while other programs run. Called by intrinsics.ts.

const next = Symbol.iterator;
const arrays =
  'push pop shift unshift splice slice indexOf includes map filter some every find forEach join concat fill values sort reverse flatMap keys entries at';

/** By the name of the holder: what is looked at after every turn. */
export const HOT: Readonly<Record<string, readonly (string | symbol)[]>> = {
  globalThis: words(
    'Array ArrayBuffer BigInt DataView Error Map Math Number Object Promise Reflect RegExp Set String Symbol TypeError Uint8Array WeakMap',
  ),
  Object: words(
    'keys entries values assign create defineProperty freeze fromEntries getPrototypeOf hasOwn is setPrototypeOf',
  ),
  'Object.prototype': words('hasOwnProperty toString valueOf'),
  'Function.prototype': words('call apply bind'),
  Array: words('isArray from of'),
  'Array.prototype': [...words(arrays), next],
  'ArrayIterator.prototype': ['next'],
  'MapIterator.prototype': ['next'],
  'SetIterator.prototype': ['next'],
  'StringIterator.prototype': ['next'],
  'Map.prototype': [...words('get set has delete clear keys values entries forEach'), next],
  'Set.prototype': [...words('add has delete clear values forEach'), next],
  'WeakMap.prototype': words('get set has delete'),
  'Promise.prototype': words('then catch finally constructor'),
  Promise: words('resolve reject all'),
  'String.prototype': [
    ...words(
      'charCodeAt endsWith includes indexOf padStart replace slice split startsWith substring toLowerCase trim',
    ),
    next,
  ],
  'RegExp.prototype': [...words('exec test'), Symbol.replace, Symbol.split],
  'TypedArray.prototype': [...words('set subarray slice fill copyWithin values'), next],
  Number: words('isInteger isSafeInteger isFinite isNaN'),
  String: words('fromCharCode'),
  Math: words('abs ceil floor imul log2 max min round trunc'),
  JSON: words('parse stringify'),
  Reflect: words('apply construct get ownKeys'),
};

/** Accessors that the engine leans on: an object, the name on it, and what it gives. */
export function PROBES(): [object: object, key: string | symbol, gives: unknown][] {
  const bytes = new Uint8Array(new ArrayBuffer(8), 2, 3);
  const { species } = Symbol;
  return [
    // Where it has numbered elements, as all arrays then do, it is longer.
    [Array.prototype, 'length', 0],
    [bytes, 'length', 3],
    [bytes, 'byteLength', 3],
    [bytes, 'byteOffset', 2],
    [bytes, 'buffer', bytes.buffer],
    [bytes.buffer, 'byteLength', 8],
    [new Map([[1, 1]]), 'size', 1],
    [new Set([1]), 'size', 1],
    ...[Array, Uint8Array, Promise, RegExp, Map, Set, ArrayBuffer].map((made): [object, symbol, unknown] => [
      made,
      species,
      made,
    ]),
  ];
}

function words(text: string): string[] {
  return text.split(' ');
}

type Generators = { readonly prototype: object };

/** Name and object of all that is held; those that this host lacks are left out. */
export function HELD(): [name: string, holder: object][] {
  const scope = globalThis as unknown as Record<string, (object & { prototype?: object }) | undefined>;
  const found: [string, object][] = [['globalThis', globalThis]];
  const constructors =
    'Object Function Array String Number Boolean Symbol BigInt Map Set WeakMap WeakSet Promise RegExp Error TypeError RangeError ArrayBuffer DataView Uint8Array Uint16Array Uint32Array Int32Array Float64Array Iterator';
  for (const name of words(constructors)) {
    const made = scope[name];
    if (made === undefined) continue;
    found.push([name, made]);
    if (made.prototype !== undefined) found.push([`${name}.prototype`, made.prototype]);
  }
  for (const name of words('JSON Math Reflect Atomics')) {
    const made = scope[name];
    if (made !== undefined) found.push([name, made]);
  }
  const above = (object: object): object => Object.getPrototypeOf(object) as object;
  const asyncGenerators = (async function* () {} as unknown as Generators).prototype;
  return found.concat([
    ['TypedArray', above(Uint8Array)],
    ['TypedArray.prototype', above(Uint8Array.prototype)],
    ['ArrayIterator.prototype', above([].values())],
    ['MapIterator.prototype', above(new Map().values())],
    ['SetIterator.prototype', above(new Set().values())],
    ['StringIterator.prototype', above(''[Symbol.iterator]())],
    ['RegExpStringIterator.prototype', above(''.matchAll(/x/g))],
    ['Generator.prototype', above((function* () {} as unknown as Generators).prototype)],
    ['AsyncGenerator.prototype', above(asyncGenerators)],
    ['AsyncIterator.prototype', above(above(asyncGenerators))],
    ['AsyncFunction.prototype', above(async () => {})],
  ]);
}
