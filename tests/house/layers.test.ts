// Holds the repository to the table of layers, to imports without cycles, and to one file for WebContainer's API.
// Each rule is first tried on examples that break it.
import { describe, expect, it } from 'vitest';
import { cycles } from './cycles.ts';
import { layerComplaints } from './layers.ts';
import { filesBelow, importsOf, programFiles, programs } from './repository.ts';

const sources = [...programFiles(), ...filesBelow('src', ['.astro'])];

function file(path: string, text: string) {
  return { path, text };
}

describe('layers', () => {
  it('says what to do about an import that is not allowed', () => {
    const bad = file('src/datacenter/network/fabric.ts', "import { cpu } from '../machine/cpu.ts';");
    expect(layerComplaints(bad)).toEqual([
      'src/datacenter/network/fabric.ts imports src/datacenter/machine/cpu.ts: network may import only base. Move what is shared down, or pass it in.',
    ]);
  });

  it('sees imports over several lines, side effects, re-exports and import()', () => {
    const texts = [
      "import {\n  a,\n  type B,\n} from '../islands/x.ts';",
      "import '../islands/x.ts';",
      "export { a } from '../islands/x.ts';",
      "export * from '../islands/x.ts';",
      "const a = await import('../islands/x.ts');",
    ];
    for (const text of texts) expect(layerComplaints(file('src/grading/a.ts', text)), text).toHaveLength(1);
  });

  it('lets machine have types of network, and nothing else of it', () => {
    const types = file('src/datacenter/machine/a.ts', "import type { Packet } from '../network/packet.ts';");
    const values = file('src/datacenter/machine/a.ts', "import { Fabric } from '../network/fabric.ts';");
    expect(layerComplaints(types)).toEqual([]);
    expect(layerComplaints(values)).toEqual([
      "src/datacenter/machine/a.ts imports src/datacenter/network/fabric.ts: machine may import only base and network's types. Move what is shared down, or pass it in.",
    ]);
  });

  it('lets anyone have the contract, and keeps src from tests and unknown folders', () => {
    expect(
      layerComplaints(file('src/grading/a.ts', "import type { X } from '../datacenter/contract.ts';")),
    ).toEqual([]);
    expect(layerComplaints(file('src/grading/a.ts', "import { x } from '../../tests/x.ts';"))).toHaveLength(
      1,
    );
    expect(layerComplaints(file('src/utils/a.ts', ''))).toHaveLength(1);
  });

  it('keeps sandboxes to node, themselves and what sandboxes share', () => {
    const good =
      "import http from 'node:http';\nimport { a } from './a.ts';\nimport { b } from '../_shared/b.ts';";
    expect(layerComplaints(file('sandboxes/x/a.ts', good))).toEqual([]);
    for (const bad of ['express', '../y/a.ts', '../../src/grading/quiz.ts']) {
      expect(layerComplaints(file('sandboxes/x/a.ts', `import a from '${bad}';`)), bad).toHaveLength(1);
    }
  });

  it('hold in this repository', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap(layerComplaints)).toEqual([]);
  });
});

describe('cycles', () => {
  it('are found and named', () => {
    const files = [
      file('a.ts', "import './b.ts';"),
      file('b.ts', "import { c } from './c.ts';"),
      file('c.ts', "export * from './a.ts';"),
    ];
    expect(cycles(files)).toEqual([
      'a.ts → b.ts → c.ts → a.ts: break the circle by moving what both need into a third file.',
    ]);
    expect(cycles(files.slice(0, 2))).toEqual([]);
    expect(cycles([...files.slice(0, 2), file('c.ts', "import type { A } from './a.ts';")])).toEqual([]);
  });

  it('do not exist in this repository', () => {
    expect(cycles(sources)).toEqual([]);
  });
});

describe('WebContainer', () => {
  it('is imported by one file at most', () => {
    const users = filesBelow('src', programs).filter((each) =>
      importsOf(each).some(({ specifier }) => specifier === '@webcontainer/api'),
    );
    expect(users.length).toBeLessThanOrEqual(1);
  });
});
