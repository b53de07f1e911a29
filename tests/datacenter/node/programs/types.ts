// biome-ignore-all lint: what a careful writer would not do is run here too
// TypeScript that is erased: every form that leaves nothing behind, next to code that looks like it.
// Run by differential.test.ts.
import type { Server } from 'node:http';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import { area, type Named as Other, type Shape } from './parts/typed.ts';

export type { Shape } from './parts/typed.ts';

interface Point<T extends number = number> {
  readonly x: T;
  y?: T;
  method(this: Point, ...rest: T[]): void;
  [key: string]: unknown;
}
type Union = 'a' | 'b' | `${number}px`;
type Mapped = { readonly [K in keyof Point]?: Point[K] };
declare const neverThere: string;
declare function declared(x: number): void;
declare global {
  interface Unused {
    a: 1;
  }
}
abstract class Base<T> {
  declare private phantom: string;
  protected readonly items: T[] = [];
  public static shared?: number;
  definite!: string;
  abstract size(): number;
  constructor(first: T) {
    this.items.push(first);
  }
  get last(): T | undefined {
    return this.items.at(-1);
  }
}
class Own<T> extends Base<T> implements Iterable<T> {
  override size(): number {
    return this.items.length;
  }
  *[Symbol.iterator](): Generator<T, void, undefined> {
    yield* this.items;
  }
  overloaded(x: string): string;
  overloaded(x: number): number;
  overloaded(x: string | number): string | number {
    return x;
  }
}
function generic<const T, U = T>(this: void, value: T, other?: U): asserts value is T & {} {
  void [value, other];
}
const narrow = <T>(value: T): value is T & string => typeof value === 'string';
const own = new Own<number>(1);
const point = { x: 1, y: 2 } satisfies Partial<Point> as Point;
const asserted = own.last!;
const cast = 'a' as Union;
const a = 1 as const,
  b = 2 as unknown as string;
let later: number | undefined = undefined as number | undefined;
generic(point);
const shape: Shape = { kind: 'square', side: 3 };
const tuple: [first: string, second?: number] = ['t'];
const less = 1 < 2 && 3 > 2;
const fn = async <T>(x: T): Promise<T> => x;
const object = {
  method<T>(x: T): T {
    return x;
  },
  async *gen(): AsyncGenerator<number> {
    yield 1;
  },
};
for (const value of [1, 2] as const) later = value;
for (const key in point as object) {
  if (key === 'y') break;
  console.log(key);
}
console.log(
  [...own],
  own.size(),
  own.overloaded(5),
  asserted,
  cast,
  a,
  b,
  later,
  narrow('x'),
  area(shape),
  tuple,
  less,
  await fn<number>(3),
  object.method<string>('m'),
);
console.log(
  STATUS_CODES[200],
  Object.keys(new Own('x')),
  Own.name,
  (point as Point<number>).y!.toFixed(1),
  typeof (undefined as unknown as Server),
  'definite' in own,
  'phantom' in own,
);
const optional = (x?: number, ...rest: string[]): number => (x ?? 0) + rest.length;
console.log(optional(), optional(1, 'a'), ((x: number): x is 5 => x === 5)(5));
try {
  throw new Error('line is kept');
} catch (error: unknown) {
  console.log(/types\.ts:(\d+)/.exec((error as Error).stack ?? '')?.[1]);
}
export default class<T> {
  value?: T;
}
export const used: Other = { name: 'n' };
export function handler(_request: IncomingMessage): Mapped {
  return {};
}
