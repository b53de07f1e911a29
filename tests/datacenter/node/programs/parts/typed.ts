// Types beside one function. Imported by types.ts.
// Refuses nothing.
export interface Named {
  name: string;
}
export type Shape = { kind: 'square'; side: number } | { kind: 'circle'; radius: number };
export function area(shape: Shape): number {
  switch (shape.kind) {
    case 'square':
      return shape.side ** 2;
    case 'circle':
      return 3 * shape.radius ** 2;
  }
}
