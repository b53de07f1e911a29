// Who may import whom: the table of the house, as data, and what to say to a file that breaks it. Pure.
// Used by layers.test.ts. A new layer is one line of the table.
import { importsOf, type SourceFile } from './repository.ts';

interface Layer {
  readonly name: string;
  /** A path belongs to the first layer whose beginning it has. */
  readonly at: readonly string[];
  readonly may: readonly string[];
  /** Layers of which only types may be imported. */
  readonly mayTypes?: readonly string[];
}

const site = ['site', 'islands', 'build'];

export const layers: readonly Layer[] = [
  { name: 'contract', at: ['src/datacenter/contract.ts'], may: [] },
  { name: 'base', at: ['src/datacenter/base/'], may: [] },
  { name: 'network', at: ['src/datacenter/network/'], may: ['base'] },
  { name: 'machine', at: ['src/datacenter/machine/'], may: ['base'], mayTypes: ['network'] },
  { name: 'node', at: ['src/datacenter/node/'], may: ['machine', 'base'] },
  { name: 'worker', at: ['src/datacenter/worker/'], may: ['datacenter.ts', 'base'] },
  {
    name: 'datacenter.ts',
    // Two doors: the engine, and the compiler that a page loads apart from it.
    at: ['src/datacenter/datacenter.ts', 'src/datacenter/compiler.ts'],
    may: ['engine', 'base', 'network', 'machine', 'node'],
  },
  // The files beside the door: what puts the parts together. Only the door may import them.
  { name: 'engine', at: ['src/datacenter/'], may: ['base', 'network', 'machine', 'node'] },
  { name: 'runtime', at: ['src/runtime/'], may: ['datacenter.ts', 'worker'] },
  { name: 'grading', at: ['src/grading/'], may: [] },
  // Of teaching, pages of assignments alone: its schemas are heavy. tests/site/bytes.spec.ts weighs the others.
  { name: 'islands', at: ['src/islands/'], may: ['runtime', 'grading', 'teaching'] },
  {
    name: 'site',
    at: [
      'src/mdx/',
      'src/components/',
      'src/layouts/',
      'src/pages/',
      'src/styles/',
      'src/content.config.ts',
      'src/astro.d.ts',
    ],
    may: site,
  },
  { name: 'teaching', at: ['src/teaching/'], may: ['runtime', 'grading'] },
  { name: 'cli', at: ['src/cli/'], may: ['runtime', 'grading', 'teaching', 'build'] },
  // Its Node library is what the engine's node layer reads: the format is declared there.
  { name: 'build', at: ['src/build/'], may: ['runtime', 'grading', 'datacenter.ts'], mayTypes: ['node'] },
];

/** May be imported by anyone: it holds types only. */
const everyones = 'contract';

export function layerOf(path: string): Layer | undefined {
  return layers.find((layer) => layer.at.some((beginning) => path.startsWith(beginning)));
}

/** One sentence for each import that is not allowed. */
export function layerComplaints(file: SourceFile): string[] {
  if (file.path.startsWith('sandboxes/')) return sandboxComplaints(file);
  if (!file.path.startsWith('src/')) return [];
  const own = layerOf(file.path);
  if (own === undefined) {
    return [`${file.path} is in no layer: move it, or add its folder to the table in tests/house/layers.ts.`];
  }
  return importsOf(file).flatMap(({ target, typeOnly }) => {
    if (target === undefined) return [];
    const other = layerOf(target);
    if (other === undefined && target.startsWith('src/'))
      return [`${file.path} imports ${target}, which is in no layer.`];
    if (other === undefined)
      return [`${file.path} imports ${target}: src may import only src. Pass it in, or move it under src.`];
    const allowed = other === own || other.name === everyones || own.may.includes(other.name);
    if (allowed || (typeOnly && own.mayTypes?.includes(other.name) === true)) return [];
    return [
      `${file.path} imports ${target}: ${own.name} may import ${permitted(own)}. Move what is shared down, or pass it in.`,
    ];
  });
}

function permitted(layer: Layer): string {
  const names = [...layer.may, ...(layer.mayTypes ?? []).map((name) => `${name}'s types`)];
  if (names.length === 0) return 'nothing';
  return `only ${names.join(', ').replace(/, ([^,]+)$/, ' and $1')}`;
}

/** A sandbox may import `node:`, its own folder and sandboxes/_shared. */
function sandboxComplaints(file: SourceFile): string[] {
  const [, sandbox = ''] = file.path.split('/');
  return importsOf(file).flatMap(({ specifier, target }) => {
    const own =
      target?.startsWith(`sandboxes/${sandbox}/`) === true ||
      target?.startsWith('sandboxes/_shared/') === true;
    if (own || specifier.startsWith('node:')) return [];
    return [
      `${file.path} imports ${specifier}: a sandbox may import only node:*, its own folder and sandboxes/_shared. Copy what it needs, or do without.`,
    ];
  });
}
